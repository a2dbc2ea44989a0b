using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ClusterSurvey.Activities.Report;
using ClusterSurvey.Activities.Report.Images;

namespace ClusterSurvey.Activities.Tests.Report.Images;

public sealed class PalettePngTests
{
    private static readonly MapImage Image = new(3, 2, [-1, 0, 1, 5, double.NaN, -5], [true, true, true, true, true, false], "");

    private static readonly ColourScale Scale = new(ColourMap.Diverging, -1, 1, 10);

    private static byte[] Png(string uri) => Convert.FromBase64String(uri["data:image/png;base64,".Length..]);

    private static List<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add((Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }
        return chunks;
    }

    [Fact]
    public void The_file_has_the_chunks_of_a_palette_image() =>
        Assert.Equal(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"], Chunks(Png(PalettePng.DataUri(Image, Scale))).Select(chunk => chunk.Type));

    [Fact]
    public void The_checksum_is_the_one_of_the_standard() =>
        Assert.Equal([0xAE, 0x42, 0x60, 0x82], Png(PalettePng.DataUri(Image, Scale))[^4..]);

    [Fact]
    public void The_first_row_is_at_the_bottom_and_masked_or_missing_pixels_are_transparent()
    {
        var packed = Chunks(Png(PalettePng.DataUri(Image, Scale))).Single(chunk => chunk.Type == "IDAT").Data;
        using var rows = new MemoryStream();
        using (var inflate = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress)) inflate.CopyTo(rows);
        Assert.Equal<byte>([0, 255, 0, 0, 0, 1, 128, 255], rows.ToArray());
    }

    [Fact]
    public void Equal_images_give_equal_bytes() => Assert.Equal(PalettePng.DataUri(Image, Scale), PalettePng.DataUri(Image with { Values = [.. Image.Values] }, Scale));

    [Fact]
    public void A_reduced_image_holds_means_of_usable_pixels()
    {
        var reduced = ReducedMap.Of(new(4, 2, [1, 3, 9, 9, 5, 100, 9, 9], [true, true, false, false, true, false, false, false], "K"), 2);
        Assert.Equal((2, 1), (reduced.Width, reduced.Height));
        Assert.Equal((3.0, true, false), (reduced.Values[0], reduced.Usable[0], reduced.Usable[1]));
    }

    [Fact]
    public void Ticks_of_a_colour_scale_are_apart_and_hold_zero()
    {
        var ticks = new ColourScale(ColourMap.Diverging, -3.2e-6, 3.2e-6, 1e-7).Ticks(0.06);
        Assert.Contains(ticks, tick => tick.Value == 0);
        Assert.True(ticks.Count >= 5);
        var scale = new ColourScale(ColourMap.Diverging, -3.2e-6, 3.2e-6, 1e-7);
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(scale.Fraction(pair.Second.Value) - scale.Fraction(pair.First.Value) >= 0.06));
    }
}
