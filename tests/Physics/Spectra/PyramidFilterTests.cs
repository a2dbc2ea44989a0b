using ClusterSurvey.Foundation;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>The fast filter against the exact one.</summary>
public class PyramidFilterTests
{
    private static readonly RadialRegion[] Regions = [.. RadialRegion.Standard, new("half", 0, 0.5)];

    // The largest difference found over three masks and five draws of each field is 6e-4 with region masks. A bare profile through a full mask is left out: far from the
    // core its power is that of the narrowest kernel's ringing, 1e-13 of the core's square.
    [Theory]
    [InlineData(64, FilterMask.Region)]
    [InlineData(128, FilterMask.Region)]
    [InlineData(128, FilterMask.Full)]
    public void Power_is_the_exact_one_to_a_thousandth_on_noise_and_on_steep_fields(int side, FilterMask filterMask)
    {
        var sky = new Sky(side, new Seed(1));
        RegionSpectra exact = sky.Spectra(filterMask, FilterMode.Exact), fast = sky.Spectra(filterMask, FilterMode.Fast);
        double[] expected = new double[exact.Design.Length], found = new double[expected.Length];
        foreach (var (name, image) in sky.Fields(new Seed(2)).Where(field => field.Name != "gradient" || filterMask == FilterMask.Region))
        {
            exact.Measure(image, expected);
            fast.Measure(image, found);
            for (var i = 0; i < found.Length; i++) AssertClose(expected[i], found[i], 1e-3, $"{name}, {exact.Design.RegionNames[i / 12]}, scale {i % 12}");
            Assert.NotEqual(expected, found);
        }
        double[] variance = [.. sky.Radius.Select(Profile)];
        double[] expectedNoise = exact.ExpectedNoise(variance), foundNoise = fast.ExpectedNoise(variance);
        for (var i = 0; i < foundNoise.Length; i++) AssertClose(expectedNoise[i], foundNoise[i], 3e-4, $"noise, {exact.Design.RegionNames[i / 12]}, scale {i % 12}");
    }

    // The power of independent pixels is the sum of the powers of each pixel alone: the null must be that of this filter, not of the exact one.
    [Fact]
    public void Expected_noise_is_that_of_the_very_filter()
    {
        const int side = 66;
        var sky = new Sky(side, new Seed(3));
        bool[][] regions = [[.. sky.Mask.Select((allowed, i) => allowed && sky.Radius[i] < 0.4)], sky.Mask];
        var filter = new PyramidFilter(side, sky.Pixel, sky.Mask, [0.1, 0.35, 0.6], regions);
        double[] variance = [.. sky.Radius.Select(Profile)], sum = new double[6], one = new double[6];
        for (var pixel = 0; pixel < side * side; pixel++)
        {
            if (!sky.Mask[pixel]) continue;
            var image = new double[side * side];
            image[pixel] = 1;
            filter.Measure(image, one);
            for (var i = 0; i < sum.Length; i++) sum[i] += variance[pixel] * one[i];
        }
        var expected = filter.ExpectedNoise(variance);
        for (var i = 0; i < sum.Length; i++) AssertClose(sum[i], expected[i], 3e-6, $"power {i}");
    }

    [Fact]
    public void A_constant_has_no_power_and_changes_none()
    {
        var sky = new Sky(64, new Seed(4));
        var spectra = sky.Spectra(FilterMask.Region, FilterMode.Fast);
        double[] power = new double[spectra.Design.Length], other = new double[power.Length];
        spectra.Measure([.. sky.Mask.Select(_ => 7.0)], power);
        Assert.All(power, value => Assert.InRange(value, 0, 1e-20));
        var image = PeriodicField.White(new Seed(5), sky.Mask.Length);
        spectra.Measure(image, power);
        spectra.Measure([.. image.Select(value => 1e-9 * (value + 1000))], other);
        for (var i = 0; i < power.Length; i++) AssertClose(power[i], 1e18 * other[i], 1e-5, $"power {i}");
    }

    [Fact]
    public void What_the_mask_hides_has_no_influence()
    {
        var sky = new Sky(64, new Seed(6));
        var spectra = sky.Spectra(FilterMask.Full, FilterMode.Fast);
        double[] power = new double[spectra.Design.Length], other = new double[power.Length];
        var image = PeriodicField.White(new Seed(5), sky.Mask.Length);
        spectra.Measure(image, power);
        spectra.Measure([.. image.Select((value, i) => sky.Mask[i] ? value : double.NaN)], other);
        Assert.Equal(power, other);
    }

    private static double Profile(double radius) => 0.01 + Math.Pow(1 + 100 * radius * radius, -1.3);

    private static void AssertClose(double expected, double found, double relative, string where) =>
        Assert.True(Math.Abs(found / expected - 1) <= relative, $"{where}: found {found:g9}, expected {expected:g9}, apart by {found / expected - 1:e2}");

    /// <summary>An image of 2 R500 with holes as point sources leave them.</summary>
    private sealed class Sky
    {
        private readonly int side;

        public Sky(int side, Seed seed)
        {
            (this.side, Pixel) = (side, 2.0 / side);
            var stream = seed.Stream();
            var holes = Enumerable.Range(0, side * side / 400).Select(_ => (X: stream.NextUniform(0, side), Y: stream.NextUniform(0, side), Size: stream.NextUniform(1, side / 30.0))).ToArray();
            Mask = [.. Enumerable.Range(0, side * side).Select(i => holes.All(hole => Distance(i, hole.X, hole.Y) > hole.Size))];
            Radius = [.. Enumerable.Range(0, side * side).Select(i => Pixel * Distance(i, (side - 1) / 2.0, (side - 1) / 2.0))];
        }

        public double Pixel { get; }

        public bool[] Mask { get; }

        public double[] Radius { get; }

        public RegionSpectra Spectra(FilterMask filterMask, FilterMode filter) =>
            new(SpectrumDesign.Of(Regions, Radius, Mask, ScaleGrid.Geometric(3 * Pixel, 1, 12), filterMask, filter), side, side, Pixel, Mask);

        public IEnumerable<(string Name, double[] Image)> Fields(Seed seed)
        {
            var white = PeriodicField.White(seed, side * side);
            yield return ("white", white);
            foreach (var slope in (double[])[11.0 / 3, 5.5]) yield return ($"k^-{slope:f1}", PeriodicField.Of(white, side, Pixel, k => Math.Pow(k, -slope)));
            yield return ("core", [.. white.Select((value, i) => value * Profile(Radius[i]))]);
            yield return ("gradient", [.. Radius.Select(Profile)]);
        }

        private double Distance(int pixel, double x, double y) => Math.Sqrt(Math.Pow(pixel % side - x, 2) + Math.Pow(pixel / side - y, 2));
    }
}
