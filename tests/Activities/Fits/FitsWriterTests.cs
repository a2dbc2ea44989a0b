using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Physics.Sky;
using CsCheck;

namespace ClusterSurvey.Activities.Tests.Fits;

public sealed class FitsWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string PathOf(string name) => Path.Combine(folder.Path, name);

    [Fact]
    public void What_is_written_is_read_again() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 50], Gen.OneOf(FitsPixelType.Int16, FitsPixelType.Int32, FitsPixelType.Float32, FitsPixelType.Float64), Gen.Bool, Gen.Int[0, 1000])
            .Sample((width, height, type, gzip, offset) =>
            {
                double[] pixels = [.. Enumerable.Range(0, width * height).Select(i => (i * 37 + offset) % 1000 - 100 + (type < 0 ? 0.25 : 0))];
                var path = PathOf($"{Environment.CurrentManagedThreadId}.fits{(gzip ? ".gz" : "")}");
                FitsWriter.Write(path, new() { Width = width, Height = height, Pixels = pixels, Type = type });
                var back = FitsFile.ReadImage(path);
                return back.Width == width && back.Height == height && back.Hdu.BitsPerPixel == (int)type && back.Pixels.SequenceEqual(pixels);
            }, iter: 60);

    [Fact]
    public void The_header_carries_projection_unit_and_further_keywords()
    {
        var wcs = Wcs.NorthUp(new(239.586, 27.229), new(31.5, 31.5), 12.5 / 60);
        FitsWriter.Write(PathOf("a.fits"), Image() with { Wcs = wcs, Unit = "counts", Cards = [FitsCard.OfText("OBJECT", "Abell's 2142"), FitsCard.OfNumber("REDSHIFT", 0.09), FitsCard.OfLogical("MOCK", true)] });
        var image = FitsFile.ReadImage(PathOf("a.fits"));
        Assert.Equal(wcs, image.ReadWcs());
        Assert.Equal(("counts", "Abell's 2142", 0.09, true), (image.Header.Text("BUNIT"), image.Header.Text("OBJECT"), image.Header.Number("REDSHIFT"), image.Header.IsTrue("MOCK")));
    }

    [Fact]
    public void The_file_is_whole_blocks_of_printable_cards_and_big_endian_data()
    {
        FitsWriter.Write(PathOf("a.fits"), Image() with { Type = FitsPixelType.Int16 });
        var bytes = File.ReadAllBytes(PathOf("a.fits"));
        Assert.Equal(2 * 2880, bytes.Length);
        Assert.All(bytes[..2880], character => Assert.InRange(character, 0x20, 0x7E));
        Assert.StartsWith("SIMPLE  =                    T", System.Text.Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal([0, 1, 0, 2, 255, 253], bytes[2880..2886]);
    }

    [Fact]
    public void The_same_image_gives_the_same_bytes()
    {
        foreach (var name in (string[])["a.fits", "a.fits.gz"])
        {
            FitsWriter.Write(PathOf(name), Image());
            FitsWriter.Write(PathOf("again-" + name), Image());
            Assert.Equal(File.ReadAllBytes(PathOf(name)), File.ReadAllBytes(PathOf("again-" + name)));
        }
    }

    [Fact]
    public void An_existing_file_is_replaced_and_nothing_else_is_left()
    {
        folder.File("a.fits", "something else");
        FitsWriter.Write(PathOf("a.fits"), Image());
        Assert.Equal([1, 2, -3], FitsFile.ReadImage(PathOf("a.fits")).Pixels);
        Assert.Equal(["a.fits"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named_and_left_as_it_was()
    {
        Directory.CreateDirectory(PathOf("a.fits"));
        Assert.Throws<BadInputException>(() => FitsWriter.Write(PathOf("a.fits"), Image()));
        Assert.Throws<BadInputException>(() => FitsWriter.Write(PathOf("none/a.fits"), Image()));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(0.5, FitsPixelType.Int16)]
    [InlineData(40000, FitsPixelType.Int16)]
    [InlineData(double.NaN, FitsPixelType.Int32)]
    [InlineData(3e9, FitsPixelType.Int32)]
    public void Whole_number_types_take_whole_numbers_in_their_range_only(double pixel, FitsPixelType type) =>
        Assert.Throws<ArgumentException>(() => FitsWriter.Write(PathOf("a.fits"), Image() with { Pixels = [1, 2, pixel], Type = type }));

    [Fact]
    public void Cards_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => FitsWriter.Write(PathOf("a.fits"), Image() with { Cards = [FitsCard.OfInteger("lower", 1)] }));
        Assert.Throws<ArgumentException>(() => FitsWriter.Write(PathOf("a.fits"), Image() with { Cards = [FitsCard.OfInteger("NINECHARS", 1)] }));
        Assert.Throws<ArgumentException>(() => FitsWriter.Write(PathOf("a.fits"), Image() with { Cards = [FitsCard.OfText("TEXT", new('x', 69))] }));
        Assert.Throws<ArgumentException>(() => FitsWriter.Write(PathOf("a.fits"), Image() with { Cards = [FitsCard.OfText("TEXT", "é")] }));
        Assert.Throws<ArgumentException>(() => FitsWriter.Write(PathOf("a.fits"), Image() with { Width = 4 }));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Numbers_that_fits_cannot_say_are_refused() => Assert.Throws<ArgumentException>(() => FitsCard.OfNumber("A", double.NaN));

    private static FitsImageToWrite Image() => new() { Width = 3, Height = 1, Pixels = [1, 2, -3] };
}
