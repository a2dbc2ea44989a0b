using System.Text;
using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Activities.Inspection;
using CsCheck;

namespace ClusterSurvey.Activities.Tests.Fits;

/// <summary>
/// Files from strangers: sound ones that were mutated, and plain noise. Whatever they hold, reading ends with an image or with
/// a typed refusal, and never takes more memory than the file and the limits warrant.
/// </summary>
public sealed class FitsMutationTests : IDisposable
{
    private const int AllocationCeiling = 8_000_000;

    private static readonly FitsLimits Limits = new() { MaximumPixels = 100_000, MaximumHeaderCards = 2000, MaximumHdus = 20, MaximumUnpackedBytes = 3_000_000 };

    // Headers of every kind, so that mutations meet every branch.
    private static readonly byte[][] Sound =
    [
        FitsBytes.Primary(16, 20, 10).Cards(FitsBytes.TangentPlane).Cards("BSCALE  =                  0.5", "BLANK   =                   -7", "LTM1_1  = 0.5", "LTM2_2  = 0.5").End().Raw(new byte[400]).Fill().ToArray(),
        FitsBytes.Primary(8).End().Extension("BINTABLE", 8, 10, 3).End().Raw(new byte[30]).Fill().Extension("IMAGE", -32, 9, 7).Cards(FitsBytes.TangentPlane).End().Raw(new byte[252]).Fill().ToArray(),
        FitsBytes.Primary(-64, 5, 4, 1).Cards("LONG    = 'one &'", "CONTINUE  'two&'", "CONTINUE  'three'", "RADECSYS= 'FK5     '", "EQUINOX = '2000.0'").End().Raw(new byte[160]).Fill().ToArray(),
        FitsBytes.Primary(32, 6, 6).End().Raw(new byte[144]).Fill().Extension("BINTABLE", 8, 4, 4).Cards("ZIMAGE  =                    T", "ZCMPTYPE= 'RICE_1'").End().Raw(new byte[16]).Fill().ToArray(),
    ];

    private static readonly string[] Cards =
    [
        "NAXIS   =                    2", "NAXIS   =                  999", "NAXIS   =                   -1", "NAXIS1  =  9223372036854775807", "NAXIS2  =  9223372036854775807", "NAXIS1  =              3000000",
        "NAXIS3  =  9223372036854775807", "NAXIS1  =                    0", "BITPIX  =                   64", "BITPIX  =                  -64", "BITPIX  =                    0", "PCOUNT  =  9223372036854775807",
        "PCOUNT  =                   -5", "GCOUNT  =  9223372036854775807", "GROUPS  =                    T", "BLANK   =               999999", "BLANK   = 'x'", "BSCALE  =                    0",
        "BSCALE  =                1E308", "BZERO   =                1E999", "BZERO   =                  NaN", "ZIMAGE  =                    T", "XTENSION= 'IMAGE   '", "XTENSION= 'BINTABLE'", "XTENSION= 'FOREIGN '",
        "SIMPLE  =                    T", "SIMPLE  =                    F", "END", "CONTINUE  'more&'", "CONTINUE  no quote", "CDELT1  =                    0", "CDELT1  =               1E-320", "CRVAL2  =                  1E5",
        "CTYPE1  = 'RA---SIN'", "CD1_1   =                    0", "EQUINOX = 'yesterday'", "RADESYS =                    5", "LTM1_1  =                   -1", "CRPIX1  =                1E300", "PV2_1   =                    1",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Flipped_bits_end_in_an_image_or_a_refusal() =>
        Gen.Select(Gen.OneOf(Sound), Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 7]).Array[1, 30], Gen.Bool).Sample((file, flips, gzip) =>
        {
            var bytes = file.ToArray();
            foreach (var (at, bit) in flips) bytes[at % bytes.Length] ^= (byte)(1 << bit);
            return IsHandled(gzip ? FitsBytes.Gzip(bytes) : bytes);
        }, iter: 600);

    [Fact]
    public void Flipped_bits_of_a_packed_file_end_in_an_image_or_a_refusal() =>
        Gen.Select(Gen.OneOf(Sound), Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 7]).Array[1, 5]).Sample((file, flips) =>
        {
            var bytes = FitsBytes.Gzip(file);
            foreach (var (at, bit) in flips) bytes[2 + at % (bytes.Length - 2)] ^= (byte)(1 << bit);
            return IsHandled(bytes);
        }, iter: 250);

    [Fact]
    public void Cut_files_end_in_an_image_or_a_refusal() =>
        Gen.Select(Gen.OneOf(Sound), Gen.Int[0, 100_000], Gen.Bool).Sample((file, length, gzip) =>
        {
            var bytes = gzip ? FitsBytes.Gzip(file) : file;
            return IsHandled(bytes[..(length % bytes.Length)]);
        }, iter: 250);

    [Fact]
    public void Shuffled_dropped_and_foreign_cards_end_in_an_image_or_a_refusal() =>
        Gen.Select(Gen.OneOf(Sound), Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[0, 3]).Array[1, 12], Gen.Bool).Sample((file, changes, gzip) =>
        {
            var bytes = file.ToArray();
            foreach (var (first, second, change) in changes) Change(bytes, first, second, change);
            return IsHandled(gzip ? FitsBytes.Gzip(bytes) : bytes);
        }, iter: 600);

    [Fact]
    public void Noise_ends_in_a_refusal() =>
        Gen.Select(Gen.Byte.Array[0, 6000], Gen.OneOf("", "SIMPLE  =                    T", "\u001f\u008b", "\u001f\u008b\u0008\0\0\0\0\0\0\u0003")).Sample((noise, start) =>
            IsHandled([.. Encoding.Latin1.GetBytes(start), .. noise]), iter: 250);

    [Fact]
    public void Headers_of_noise_text_end_in_an_image_or_a_refusal() =>
        Gen.Select(Gen.String[Gen.Char[' ', '~'], 0, 70].Array[0, 30], Gen.OneOf(Sound)).Sample((texts, file) =>
        {
            var bytes = file.ToArray();
            for (var i = 0; i < texts.Length; i++) Encoding.ASCII.GetBytes(texts[i]).CopyTo(bytes, 80 * (2 + i) + 10);
            return IsHandled(bytes);
        }, iter: 250);

    [Fact]
    public void Bombs_stop_at_the_limits()
    {
        // 20 MB of zeros as an image that is claimed, as one that is too large, as a table before the image, and as a header.
        byte[] zeros = new byte[20_000_000];
        Assert.True(IsHandled(FitsBytes.Gzip(FitsBytes.Primary(8, 20_000, 1000).End().Raw(zeros).Fill().ToArray())));
        Assert.True(IsHandled(FitsBytes.Gzip(FitsBytes.Primary(64, 50_000, 2).End().Raw(zeros).Fill().ToArray())));
        Assert.True(IsHandled(FitsBytes.Gzip(FitsBytes.Primary(8).End().Extension("BINTABLE", 8, 20_000, 1000).End().Raw(zeros).Fill().ToArray())));
        Assert.True(IsHandled(FitsBytes.Gzip(FitsBytes.Primary(8, 2, 2).Raw(zeros).Fill().ToArray())));
    }

    [Fact]
    public void Without_the_limits_the_same_measure_finds_a_bomb()
    {
        var bomb = FitsBytes.Gzip(FitsBytes.Primary(8, 2000, 1000).End().Raw(new byte[2_000_000]).Fill().ToArray());
        Assert.True(IsHandled(bomb));
        Assert.False(IsHandled(bomb, FitsLimits.Default));
    }

    private static void Change(byte[] bytes, int first, int second, int change)
    {
        var records = bytes.Length / 80;
        var one = bytes.AsSpan(80 * (first % Math.Min(records, 36)), 80);
        var other = bytes.AsSpan(80 * (second % records), 80);
        if (change == 0)
        {
            var kept = one.ToArray();
            other.CopyTo(one);
            kept.CopyTo(other);
        }
        else if (change == 1) one.Fill((byte)' ');
        else Encoding.ASCII.GetBytes(Cards[second % Cards.Length].PadRight(80)).CopyTo(one);
    }

    // Any other exception fails the test by itself.
    private bool IsHandled(byte[] content) => IsHandled(content, Limits);

    private bool IsHandled(byte[] content, FitsLimits limits)
    {
        var path = folder.File($"{Environment.CurrentManagedThreadId}.fits", content);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isTyped = Tried(() => Everything(FitsFile.ReadImage(path, limits))) & Tried(() => FitsFile.List(path, limits));
        _ = Inspector.Inspect(path, limits).ToText();
        return isTyped && GC.GetAllocatedBytesForCurrentThread() - before < AllocationCeiling;
    }

    private static void Everything(FitsImage image)
    {
        Assert.Equal((long)image.Width * image.Height, image.Pixels.Length);
        Tried(() => image.ReadWcs());
        Tried(() => FitsWcs.ReadPhysical(image.Header));
    }

    private static bool Tried(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (FitsException refusal)
        {
            return refusal.File.Length > 0 && refusal.Found.Length > 0 && refusal.Expected.Length > 0 && refusal.Remedy.Length > 0 && refusal.Message.All(c => !char.IsControl(c));
        }
    }
}
