using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Activities.Inspection;
using ClusterSurvey.Support;

namespace ClusterSurvey.Activities.Tests.Fits;

/// <summary>Every file of the damaged set, and every sound one beside them, against the outcome that the set's own table states.</summary>
public sealed class DamagedFilesTests
{
    [Fact]
    public void Every_file_of_the_table_does_what_the_table_says()
    {
        var rows = File.ReadAllLines(SharedData.Path("maps", "damaged", "MANIFEST.csv")).Skip(1).Select(line => line.Split(',', 2)[0]).ToArray();
        Assert.Equal(15, rows.Length);
        Assert.Equal(rows.Order(), Outcomes.Keys.Order());
        foreach (var row in rows) Outcomes[row](SharedData.Path("maps", "damaged", row));
    }

    private static readonly Dictionary<string, Action<string>> Outcomes = new()
    {
        ["ok_counts.fits"] = path => Assert.Equal(1250, FitsFile.ReadImage(path).Pixels.Sum()),
        ["ok_exposure.fits"] = Loads,
        ["ok_background.fits"] = Loads,
        ["bad01_truncated.fits"] = path => Refused(path, "NAXIS", "8192 bytes", "3000 bytes"),
        ["bad02_wrong_naxis.fits"] = path => Refused(path, "NAXIS2", "nothing", "an integer"),
        ["bad03_nan_exposure.fits"] = NotNumbersAreCounted,
        ["bad04_mismatched_shape_exposure.fits"] = PairIsRefused,
        ["bad05_missing_wcs.fits"] = WcsIsRefused,
        ["bad06_zero_length.fits"] = path => Refused(path, null, "empty file (0 bytes)", "FITS"),
        ["bad07_not_fits.fits"] = path => Refused(path, "SIMPLE", "no SIMPLE card", "SIMPLE = T"),
        ["bad08_bad_bitpix.fits"] = path => Refused(path, "BITPIX", "24", "-32 or -64"),
        ["bad09_negative_counts.fits"] = path => Assert.Contains("572 pixels with negative counts", Oddity(path, "negative_counts"), StringComparison.Ordinal),
        ["bad10_huge_naxis.fits"] = HugeClaimIsRefusedBeforeItIsAllocated,
        ["ok_image_in_extension.fits"] = path => Assert.Equal((1, 1250), (FitsFile.ReadImage(path).Hdu.Index, FitsFile.ReadImage(path).Pixels.Sum())),
        ["ok_scaled_int16.fits"] = ScaledPixels,
    };

    private static void Loads(string path)
    {
        var image = FitsFile.ReadImage(path);
        Assert.Equal((64, 64, 4096), (image.Width, image.Height, image.Pixels.Length));
        FitsFile.ReadImage(SharedData.Path("maps", "damaged", "ok_counts.fits")).RequireSameGrid(image);
    }

    private static void Refused(string path, string? keyword, string found, string expected)
    {
        var refusal = Assert.Throws<FitsException>(() => FitsFile.ReadImage(path));
        Assert.Equal((path, keyword), (refusal.File, refusal.Keyword));
        Assert.Contains(found, refusal.Found + refusal.Expected, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Found + refusal.Expected, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Remedy);
    }

    private static void NotNumbersAreCounted(string path)
    {
        var statistics = PixelStatistics.Of(FitsFile.ReadImage(path).Pixels);
        Assert.Equal((11, 1, 1), (statistics.NotANumber, statistics.Infinite, statistics.Negative));
        Assert.Contains("11 pixels", Oddity(path, "nan_pixels"), StringComparison.Ordinal);
        Assert.Contains("1 infinite", Oddity(path, "infinite_pixels"), StringComparison.Ordinal);
        Assert.Contains("1 pixels with negative exposure", Oddity(path, "negative_exposure"), StringComparison.Ordinal);
    }

    private static void PairIsRefused(string path)
    {
        var counts = FitsFile.ReadImage(SharedData.Path("maps", "damaged", "ok_counts.fits"));
        var refusal = Assert.Throws<FitsException>(() => counts.RequireSameGrid(FitsFile.ReadImage(path)));
        Assert.Equal((path, "60 x 64 pixels"), (refusal.File, refusal.Found));
        Assert.Contains("64 x 64", refusal.Expected, StringComparison.Ordinal);
    }

    private static void WcsIsRefused(string path)
    {
        var refusal = Assert.Throws<FitsException>(() => FitsFile.ReadImage(path).ReadWcs());
        Assert.Equal(("CTYPE1", "nothing"), (refusal.Keyword, refusal.Found));
        Assert.Contains("never assumed", refusal.Remedy, StringComparison.Ordinal);
        Assert.NotEmpty(Oddity(path, "missing_wcs"));
    }

    private static void HugeClaimIsRefusedBeforeItIsAllocated(string path)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(path, "NAXIS", "32000000000000 bytes", "still has");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static void ScaledPixels(string path)
    {
        var image = FitsFile.ReadImage(path);
        Assert.True(double.IsNaN(image.Pixels[0]));
        // Half of each stored number, plus 100: the sum over the others by astropy 5.2 (numpy.nansum).
        Assert.Equal(1250, image.Pixels.Where(pixel => !double.IsNaN(pixel)).Sum());
    }

    private static string Oddity(string path, string code) => Inspector.Inspect(path).Oddities.Single(oddity => oddity.Code == code).Problem.Found;
}
