using ClusterSurvey.Foundation;

namespace ClusterSurvey.Physics.Spectra;

public class RegionSpectraTests
{
    private const int Side = 60;
    private const double Pixel = 2.2 / Side;
    private static readonly double[] Scales = ScaleGrid.Geometric(0.12, 1, 5);
    private static readonly bool[] Mask = [.. Enumerable.Range(0, Side * Side).Select(i => i % 97 != 0)];
    private static readonly double[] Radius = [.. Enumerable.Range(0, Side * Side).Select(i => Pixel * Math.Sqrt(Math.Pow(i % Side - 29.5, 2) + Math.Pow(i / Side - 29.5, 2)))];

    private static RegionSpectra Spectra(FilterMask filterMask, FilterMode filter = FilterMode.Fast) =>
        new(SpectrumDesign.Of(RadialRegion.Standard, Radius, Mask, Scales, filterMask, filter), Side, Side, Pixel, Mask);

    [Fact]
    public void With_region_masks_every_region_has_a_filter_of_its_own()
    {
        var image = PeriodicField.White(new Seed(1), Side * Side);
        var (spectra, power) = (Spectra(FilterMask.Region, FilterMode.Exact), new double[30]);
        spectra.Measure(image, power);
        for (var region = 0; region < 6; region++)
        {
            var pixels = spectra.Design.RegionPixels[region];
            var alone = new MexicanHatFilter(Side, Side, Pixel, pixels, Scales).Power(image, [pixels])[0];
            Assert.Equal(alone, power[(region * 5)..(region * 5 + 5)]);
        }
    }

    [Fact]
    public void With_a_full_mask_regions_only_select_pixels()
    {
        var image = PeriodicField.White(new Seed(1), Side * Side);
        var (spectra, power) = (Spectra(FilterMask.Full, FilterMode.Exact), new double[30]);
        spectra.Measure(image, power);
        var filter = new MexicanHatFilter(Side, Side, Pixel, Mask, Scales);
        Assert.Equal(filter.Power(image, spectra.Design.RegionPixels).SelectMany(region => region), power);
    }

    // The reason for region masks: a bright core must not reach region IV.
    [Fact]
    public void A_bright_core_leaks_outward_through_a_full_mask_only()
    {
        double[] image = [.. Radius.Select(radius => radius < 0.1 ? 1.0 : 0)];
        double[] own = new double[30], full = new double[30];
        Spectra(FilterMask.Region).Measure(image, own);
        Spectra(FilterMask.Full).Measure(image, full);
        Assert.Equal(0, own[19]);
        Assert.True(full[19] > 0);
    }

    [Fact]
    public void Measuring_from_several_threads_gives_the_same_bits()
    {
        var spectra = Spectra(FilterMask.Region);
        double[] Measure(int i)
        {
            var power = new double[30];
            spectra.Measure(PeriodicField.White(new Seed((ulong)i), Side * Side), power);
            return power;
        }
        var alone = Enumerable.Range(0, 16).Select(Measure).ToArray();
        var together = Enumerable.Range(0, 16).AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(Measure).ToArray();
        Assert.Equal(alone, together);
    }

    [Theory]
    [InlineData(FilterMask.Region)]
    [InlineData(FilterMask.Full)]
    public void Expected_noise_has_one_number_per_region_and_scale(FilterMask filterMask)
    {
        var spectra = Spectra(filterMask);
        var expected = spectra.ExpectedNoise([.. Enumerable.Repeat(1.0, Side * Side)]);
        Assert.Equal(30, expected.Length);
        // Shortest scale, widest region: nearly white noise without edges.
        Assert.Equal(1, expected[20] / (Pixel * Pixel), 0.15);
    }

    [Fact]
    public void Designs_that_cannot_be_measured_are_refused()
    {
        var tiny = SpectrumDesign.Of([new RadialRegion("dot", 0, 0.04)], Radius, Mask, Scales);
        Assert.Contains("dot", Assert.Throws<ArgumentException>(() => new RegionSpectra(tiny, Side, Side, Pixel, Mask)).Message, StringComparison.Ordinal);
        var fine = SpectrumDesign.Of(RadialRegion.Standard, Radius, Mask, [0.05]);
        Assert.Throws<ArgumentException>(() => new RegionSpectra(fine, Side, Side, Pixel, Mask));
        var outside = SpectrumDesign.Of(RadialRegion.Standard, Radius, [.. Mask.Select(_ => true)], Scales);
        Assert.Throws<ArgumentException>(() => new RegionSpectra(outside, Side, Side, Pixel, Mask));
    }
}
