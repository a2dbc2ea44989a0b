using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Support;

namespace ClusterSurvey.Activities.Tests.Fits;

/// <summary>Maps as observatories write them. Sums and extremes are those of astropy 5.2 (astropy.io.fits, numpy in float64).</summary>
public sealed class RealMapsTests
{
    [Theory]
    [InlineData("rosat_a3158/b_37.fits.gz", 512, 512, 0, 16, 11722, 0, 14)]
    [InlineData("rosat_a3158/back_37.fits.gz", 512, 512, 0, -32, 1114.9829733557467, -2.373557208557031e-06, 0.011295921169221401)]
    [InlineData("rosat_a3158/expose_mask_37.fits.gz", 512, 512, 0, -32, 263461134.9107666, 0, 3122.959716796875)]
    [InlineData("xmm_a1835_mos2/P0098010101M2U009IMAGE_3000.FTZ", 648, 648, 0, 32, 36174, 0, 223)]
    [InlineData("xmm_a1835_mos2/P0098010101M2U009EXPMAP3000.FTZ", 648, 648, 0, -32, 2169644262.29797, 0, 28168.115234375)]
    [InlineData("xmm_a1835_mos2/P0098010101M2X000BKGMAP3000.FTZ", 648, 648, 0, -32, 11400.072165638274, 9.999999747378752e-06, 0.3034856915473938)]
    [InlineData("xmm_psz2g216_masks/MOS1_mask.fits.gz", 900, 900, 1, 32, 216545, 0, 1)]
    [InlineData("xmm_psz2g216_masks/PN_mask.fits.gz", 900, 900, 1, 32, 332016, 0, 1)]
    public void Pixels_are_those_that_astropy_reads(string file, int width, int height, int hdu, int bitpix, double sum, double minimum, double maximum)
    {
        var image = FitsFile.ReadImage(Path(file));
        Assert.Equal((width, height, hdu, bitpix), (image.Width, image.Height, image.Hdu.Index, image.Hdu.BitsPerPixel));
        Assert.Equal(sum, image.Pixels.Sum(), 1e-9 * sum);
        Assert.Equal((minimum, maximum), (image.Pixels.Min(), image.Pixels.Max()));
    }

    [Fact]
    public void Scaled_pixels_come_to_single_precision()
    {
        // astropy scales integers of 16 bits in single precision.
        var image = FitsFile.ReadImage(Path("formats/scale.fits"));
        Assert.Equal((20, 21), (image.Width, image.Height));
        Assert.Equal(223202.76544189453, image.Pixels.Sum(), 0.01);
        Assert.Equal(2726.615234375, image.Pixels.Max(), 2e-4);
        Assert.Equal(0.001388889 * 60, image.ReadWcs().PixelScaleArcmin, 1e-12);
    }

    [Fact]
    public void A_blank_pixel_of_64_bits_is_nan() => Assert.All(FitsFile.ReadImage(Path("formats/blank.fits")).Pixels, pixel => Assert.True(double.IsNaN(pixel)));

    [Fact]
    public void An_image_packed_in_tiles_is_refused_by_its_compression()
    {
        var refusal = Assert.Throws<FitsException>(() => FitsFile.ReadImage(Path("formats/comp.fits")));
        Assert.Equal((1, "ZCMPTYPE", "'RICE_1'"), (refusal.Hdu, refusal.Keyword, refusal.Found));
    }

    [Fact]
    public void A_file_of_tables_is_refused_as_an_image() =>
        Assert.Contains("tables", Assert.Throws<FitsException>(() => FitsFile.ReadImage(Path("rosat_a3158/reference_depr.fits"))).Found, StringComparison.Ordinal);

    [Fact]
    public void The_xmm_image_has_7_tables_after_it()
    {
        var hdus = FitsFile.List(Path("xmm_a1835_mos2/P0098010101M2U009IMAGE_3000.FTZ"));
        Assert.Equal(7, hdus.Skip(1).Count(hdu => hdu.Kind == FitsHduKind.Table));
        Assert.Equal(8, hdus.Count);
    }

    [Fact]
    public void The_physical_pixels_of_xmm_are_80_to_a_pixel() =>
        Assert.Equal(new(0.0125, 0.49375, 0.49375), FitsWcs.ReadPhysical(FitsFile.ReadImage(Path("xmm_a1835_mos2/P0098010101M2U009IMAGE_3000.FTZ")).Header)!.Value);

    // What the reader costs shows in what it allocates: the pixels once, and no second copy of them.
    [Fact]
    public void Reading_the_xmm_image_allocates_little_beyond_its_pixels()
    {
        var path = Path("xmm_a1835_mos2/P0098010101M2U009IMAGE_3000.FTZ");
        FitsFile.ReadImage(path);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var image = FitsFile.ReadImage(path);
        var perPixel = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)image.Pixels.Length;
        TestContext.Current.TestOutputHelper?.WriteLine($"{perPixel:F2} bytes per pixel");
        Assert.InRange(perPixel, 0, 1.5 * sizeof(double));
    }

    private static string Path(string file) => SharedData.Path(["maps", .. file.Split('/')]);
}
