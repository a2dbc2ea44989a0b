using ClusterSurvey.Foundation;

namespace ClusterSurvey.Physics.Simulation;

public sealed class SmoothFactorFitTests(ITestOutputHelper output)
{
    private const int Side = 48;
    private const double Pixel = 2.4 / Side, Behind = 3;

    private static readonly bool[] Everywhere = [.. Enumerable.Repeat(true, Side * Side)];

    private readonly double[] radius = Map((x, y) => Math.Sqrt(x * x + y * y)), angle = Map((x, y) => Math.Atan2(y, x));

    [Fact]
    public void A_factor_of_its_form_is_taken_up_whole()
    {
        var cluster = Beta(0, 0, 0, 0.12);
        // Linear in the radius from the centre to the last knot, and a dipole that starts at the centre: no prior to speak of pulls at so many counts.
        double[] counts = [.. cluster.Select((c, i) => 1e4 * (c * Math.Exp(0.5 - 0.8 * Math.Min(radius[i], 1) + 0.6 * Math.Min(radius[i], 0.1) * Math.Cos(angle[i])) + 1.1 * Behind))];
        double[] expected = [.. cluster.Select(c => 1e4 * (c + Behind))];
        new SmoothFactorFit(radius, angle, Everywhere).Apply(counts, [.. cluster.Select(c => 1e4 * c)], expected);
        for (var i = 0; i < counts.Length; i++) Assert.Equal(1, expected[i] / counts[i], 2e-3);
    }

    // The counts are those of one cluster; the mean models are another's: off in core, slope, centre and ellipse as fits of strongly perturbed maps are.
    [Fact]
    public void What_is_left_hardly_depends_on_the_mean_model()
    {
        double[] truth = Beta(0, 0, 0, 0.12), other = Beta(0.03, -0.02, 0.12, 0.17);
        var stream = new Seed(4).Stream();
        double[] counts = [.. truth.Select((c, i) => (double)stream.NextPoisson(c * Math.Exp(0.5 * Math.Sin(9 * angle[i] + 14 * radius[i])) + Behind))];
        double[] about = Left(truth, counts, fit: true), aboutOther = Left(other, counts, fit: true);
        double[] plain = Left(truth, counts, fit: false), plainOther = Left(other, counts, fit: false);
        var (fitted, unfitted) = (Distance(about, aboutOther), Distance(plain, plainOther));
        output.WriteLine($"fitted {fitted:f3}, unfitted {unfitted:f3}");
        Assert.InRange(fitted, 0, 0.1 * unfitted);

        // Deviation of the difference in units of that of the residual.
        static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (p, q) => (p - q) * (p - q)).Sum() / a.Sum(p => p * p));
    }

    [Fact]
    public void Without_an_angle_what_is_left_has_the_harmonics_of_the_map_and_no_profile()
    {
        var cluster = Beta(0, 0, 0, 0.12);
        double[] counts = [.. cluster.Select((c, i) => 100 * (c * (1.4 - 0.3 * Math.Min(radius[i], 1)) * (1 + 0.3 * Math.Cos(2 * angle[i])) + Behind))];
        double[] expected = [.. cluster.Select(c => 100 * (c + Behind))];
        new SmoothFactorFit(radius, null, Everywhere).Apply(counts, [.. cluster.Select(c => 100 * c)], expected);
        var ring = Enumerable.Range(0, counts.Length).Where(i => radius[i] is > 0.5 and < 0.7).ToArray();
        Assert.InRange(Math.Abs(ring.Sum(i => counts[i] - expected[i]) / ring.Sum(i => counts[i])), 0, 0.01);
        Assert.InRange(ring.Sum(i => (counts[i] - expected[i]) * Math.Cos(2 * angle[i])) / ring.Sum(i => expected[i]), 0.02, 0.2);
    }

    // Twenty times too bright and twenty times too faint: the search takes several steps of the longest kind.
    [Theory]
    [InlineData(20)]
    [InlineData(0.05)]
    public void A_mean_model_that_is_far_off_is_followed(double factor)
    {
        var cluster = Beta(0, 0, 0, 0.12);
        double[] counts = [.. cluster.Select(c => 1000 * (factor * c + Behind))], expected = [.. cluster.Select(c => 1000 * (c + Behind))];
        new SmoothFactorFit(radius, angle, Everywhere).Apply(counts, [.. cluster.Select(c => 1000 * c)], expected);
        for (var i = 0; i < counts.Length; i++) Assert.Equal(1, expected[i] / counts[i], 0.02);
    }

    [Fact]
    public void Pixels_that_are_not_used_stay_and_maps_of_next_to_nothing_end_in_numbers()
    {
        var cluster = Beta(0, 0, 0, 0.12);
        bool[] few = [.. Everywhere.Select((_, i) => i % 211 == 0)];
        foreach (var counts in new[] { new double[cluster.Length], [.. Enumerable.Repeat(1000.0, cluster.Length)] })
        {
            double[] before = [.. cluster.Select(c => c + Behind)], after = [.. before];
            new SmoothFactorFit(radius, angle, few).Apply(counts, cluster, after);
            for (var i = 0; i < after.Length; i++) Assert.True(few[i] ? double.IsFinite(after[i]) && after[i] > 0 : after[i] == before[i], $"pixel {i}: {before[i]} and {after[i]}");
        }
        double[] none = [.. cluster];
        new SmoothFactorFit(radius, angle, new bool[cluster.Length]).Apply(cluster, cluster, none);
        Assert.Equal(cluster, none);
    }

    private double[] Left(double[] model, double[] counts, bool fit)
    {
        double[] expected = [.. model.Select(c => c + Behind)];
        if (fit) new SmoothFactorFit(radius, angle, Everywhere).Apply(counts, model, expected);
        return [.. counts.Select((n, i) => n - expected[i])];
    }

    private static double[] Beta(double centreX, double centreY, double stretch, double core) =>
        Map((x, y) => 200 * Math.Pow(1 + (Math.Pow((x - centreX) * Math.Exp(stretch), 2) + Math.Pow((y - centreY) * Math.Exp(-stretch), 2)) / (core * core), -1.2));

    private static double[] Map(Func<double, double, double> value) =>
        [.. Enumerable.Range(0, Side * Side).Select(i => value((i % Side - (Side - 1) / 2.0) * Pixel, (i / Side - (Side - 1) / 2.0) * Pixel))];
}
