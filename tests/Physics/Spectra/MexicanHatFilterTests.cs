using ClusterSurvey.Foundation;
using CsCheck;

namespace ClusterSurvey.Physics.Spectra;

public class MexicanHatFilterTests
{
    private const int Side = 48;
    private const double Pixel = 0.02;
    private static readonly double[] Scales = [0.07, 0.15, 0.4, 1];

    private static readonly Gen<bool[]> AnyMask = Gen.Int[0, 1000].Select(number => Mask(new Seed((ulong)number)));

    [Fact]
    public void Flat_map_has_no_power_whatever_the_mask() => AnyMask.Sample(mask =>
    {
        var filter = new MexicanHatFilter(Side, Side, Pixel, mask, Scales);
        var flat = Enumerable.Repeat(7.0, Side * Side).ToArray();
        foreach (var power in filter.Power(flat, [mask])[0]) Assert.InRange(power, 0, 1e-24);
    }, iter: 20);

    [Fact]
    public void A_constant_more_changes_no_power() => AnyMask.Sample(mask =>
    {
        var (filter, image) = (new MexicanHatFilter(Side, Side, Pixel, mask, Scales), Noise(new Seed(3)));
        var before = filter.Power(image, [mask])[0];
        var after = filter.Power([.. image.Select(value => value + 5)], [mask])[0];
        foreach (var (one, other) in before.Zip(after)) Assert.Equal(1, other / one, 1e-9);
    }, iter: 10);

    [Fact]
    public void A_brighter_map_has_power_as_the_square() => Gen.Double[0.01, 100].Sample(factor =>
    {
        var mask = Mask(new Seed(1));
        var (filter, image) = (new MexicanHatFilter(Side, Side, Pixel, mask, Scales), Noise(new Seed(3)));
        var before = filter.Power(image, [mask])[0];
        var after = filter.Power([.. image.Select(value => value * factor)], [mask])[0];
        foreach (var (one, other) in before.Zip(after)) Assert.Equal(factor * factor, other / one, 1e-9 * factor * factor);
    }, iter: 20);

    [Fact]
    public void What_the_mask_hides_has_no_influence()
    {
        var mask = Mask(new Seed(5));
        var (filter, image) = (new MexicanHatFilter(Side, Side, Pixel, mask, Scales), Noise(new Seed(3)));
        double[] other = [.. image.Select((value, i) => mask[i] ? value : double.NaN)];
        Assert.Equal(filter.Power(image, [mask])[0], filter.Power(other, [mask])[0]);
        Assert.All(filter.Response(image, 1).Where((_, i) => !mask[i]), value => Assert.Equal(0, value));
    }

    // White noise of variance v has P = v pixel^2 at every k: the mean over draws, against its scatter.
    [Theory]
    [InlineData(FilterBoundary.Periodic)]
    [InlineData(FilterBoundary.Padded)]
    public void White_noise_has_a_flat_spectrum_within_three_sigma(FilterBoundary boundary)
    {
        const int draws = 60;
        bool[] all = [.. Enumerable.Repeat(true, Side * Side)];
        // Without a mask's edge the plain expectation holds; beside an edge the exact expectation does.
        double[] scales = boundary == FilterBoundary.Periodic ? [0.1, 0.2, 0.4] : Scales;
        var filter = new MexicanHatFilter(Side, Side, Pixel, all, scales, boundary);
        var flat = Enumerable.Repeat(1.0, Side * Side).ToArray();
        double[] expected = boundary == FilterBoundary.Periodic ? [.. scales.Select(_ => Pixel * Pixel)] : filter.ExpectedNoisePower(flat, [all])[0];
        var powers = Enumerable.Range(0, draws).Select(draw => filter.Power(Noise(new Seed(7).Derive(draw)), [all])[0]).ToArray();
        for (var scale = 0; scale < scales.Length; scale++)
        {
            var mean = powers.Average(power => power[scale]);
            var error = Math.Sqrt(powers.Sum(power => Math.Pow(power[scale] - mean, 2)) / (draws * (draws - 1.0)));
            Assert.True(Math.Abs(mean - expected[scale]) < 3 * error + 0.002 * expected[scale], $"scale {scales[scale]}: {mean} +- {error}, expected {expected[scale]}");
        }
    }

    // Arevalo et al. 2012, eq. B1: 2^(a/2) Gamma(3 - a/2)/Gamma(3); averaged over fields, at scales that many modes share.
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1.2533)]
    [InlineData(11.0 / 3, 1.653)]
    public void Power_laws_come_out_with_their_known_bias(double slope, double bias)
    {
        const int side = 192, draws = 30;
        bool[] all = [.. Enumerable.Repeat(true, side * side)];
        double[] scales = [0.1, 0.15];
        var filter = new MexicanHatFilter(side, side, Pixel, all, scales, FilterBoundary.Periodic);
        var mean = new double[scales.Length];
        for (var draw = 0; draw < draws; draw++)
        {
            var field = PeriodicField.Of(PeriodicField.White(new Seed(11).Derive(draw), side * side), side, Pixel, k => Math.Pow(k, -slope));
            var power = filter.Power(field, [all])[0];
            for (var i = 0; i < mean.Length; i++) mean[i] += power[i] / draws;
        }
        for (var i = 0; i < mean.Length; i++) Assert.Equal(bias, mean[i] / Math.Pow(scales[i], slope), 0.03 * bias);
    }

    [Fact]
    public void Expected_noise_is_the_mean_over_draws()
    {
        var mask = Mask(new Seed(9));
        double[] variance = [.. Enumerable.Range(0, Side * Side).Select(i => 1 + 20.0 * (i % Side) / Side)];
        var filter = new MexicanHatFilter(Side, Side, Pixel, mask, Scales);
        const int draws = 400;
        var mean = new double[Scales.Length];
        for (var draw = 0; draw < draws; draw++)
        {
            double[] image = [.. Noise(new Seed(13).Derive(draw)).Select((value, i) => value * Math.Sqrt(variance[i]))];
            var power = filter.Power(image, [mask])[0];
            for (var i = 0; i < mean.Length; i++) mean[i] += power[i] / draws;
        }
        var expected = filter.ExpectedNoisePower(variance, [mask])[0];
        // Scatter of one draw at these scales: 3, 6, 16 and 50 %.
        double[] tolerances = [0.006, 0.012, 0.03, 0.1];
        for (var i = 0; i < mean.Length; i++) Assert.Equal(1, mean[i] / expected[i], tolerances[i]);
    }

    [Fact]
    public void Small_epsilons_tend_to_the_limit()
    {
        var (mask, image) = (Mask(new Seed(2)), Noise(new Seed(3)));
        var limit = new MexicanHatFilter(Side, Side, Pixel, mask, Scales).Power(image, [mask])[0];
        double[] Off(double epsilon) => [.. new MexicanHatFilter(Side, Side, Pixel, mask, Scales, epsilon: epsilon).Power(image, [mask])[0].Zip(limit, (finite, exact) => finite / exact - 1)];
        // sigma sqrt(1+eps) and sigma/sqrt(1+eps) are ln(1+eps) = eps - eps^2/2 apart.
        Assert.All(Off(1e-3), off => Assert.Equal(-1e-3, off, 2e-5));
        Assert.All(Off(1e-4), off => Assert.Equal(-1e-4, off, 2e-6));
    }

    [Fact]
    public void Cropping_to_the_mask_changes_nothing()
    {
        const int wide = 80;
        var small = Mask(new Seed(4));
        var image = Noise(new Seed(3));
        var large = new bool[wide * wide];
        var largeImage = new double[wide * wide];
        for (var i = 0; i < small.Length; i++)
        {
            var at = (i / Side + 21) * wide + i % Side + 9;
            (large[at], largeImage[at]) = (small[i], image[i]);
        }
        var one = new MexicanHatFilter(Side, Side, Pixel, small, Scales).Power(image, [small])[0];
        var other = new MexicanHatFilter(wide, wide, Pixel, large, Scales).Power(largeImage, [large])[0];
        for (var i = 0; i < one.Length; i++) Assert.Equal(1, other[i] / one[i], 1e-10);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        bool[] mask = new bool[Side * Side], all = [.. mask.Select(_ => true)];
        Assert.Throws<ArgumentException>(() => new MexicanHatFilter(Side, Side, Pixel, mask, Scales));
        Assert.Throws<ArgumentException>(() => new MexicanHatFilter(Side, Side - 1, Pixel, all, Scales));
        Assert.Throws<ArgumentException>(() => new MexicanHatFilter(Side, Side, Pixel, all, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MexicanHatFilter(Side, Side, Pixel, all, [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MexicanHatFilter(Side, Side, Pixel, all, Scales, epsilon: -1));
        var filter = new MexicanHatFilter(Side, Side, Pixel, all, Scales);
        Assert.Throws<ArgumentException>(() => filter.Power(new double[5], [all]));
        Assert.Throws<ArgumentException>(() => filter.Power(new double[Side * Side], [mask]));
        Assert.Throws<ArgumentOutOfRangeException>(() => filter.Response(new double[Side * Side], 4));
        var finite = new MexicanHatFilter(Side, Side, Pixel, all, Scales, epsilon: 1e-3);
        Assert.Throws<InvalidOperationException>(() => finite.ExpectedNoisePower(new double[Side * Side], [all]));
    }

    private static double[] Noise(Seed seed) => PeriodicField.White(seed, Side * Side);

    // A disc with holes.
    private static bool[] Mask(Seed seed)
    {
        var stream = seed.Stream();
        var holes = Enumerable.Range(0, 6).Select(_ => (X: stream.NextUniform(0, Side), Y: stream.NextUniform(0, Side), Radius: stream.NextUniform(1, 4))).ToArray();
        var radius = stream.NextUniform(15, 30);
        return [.. Enumerable.Range(0, Side * Side).Select(i =>
            Distance(i, Side / 2.0, Side / 2.0) < radius && holes.All(hole => Distance(i, hole.X, hole.Y) > hole.Radius))];
    }

    private static double Distance(int pixel, double x, double y) => Math.Sqrt(Math.Pow(pixel % Side - x, 2) + Math.Pow(pixel / Side - y, 2));
}
