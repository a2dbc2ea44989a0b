using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;

namespace ClusterSurvey.Inference.Tests.Diagnostics;

public sealed class ExpectedCoverageTests
{
    // golden_diag.json, coverage_at 0.5, 0.68, 0.9, 0.95 of highest density regions by the reference code. Ours are ellipsoids
    // shaped by 200 draws, so a few cases near a border fall on its other side: tolerance 0.05, some 15 of the 300 cases.
    [Theory]
    [InlineData("calibrated", 0.487, 0.697, 0.907, 0.953)]
    [InlineData("overconfident", 0.163, 0.243, 0.483, 0.620)]
    [InlineData("underconfident", 0.893, 0.980, 1, 1)]
    [InlineData("biased", 0.460, 0.627, 0.867, 0.937)]
    public void Ellipsoids_cover_as_the_highest_density_regions_of_the_reference_code(string name, double at50, double at68, double at90, double at95)
    {
        var curve = ExpectedCoverage.Curve(ExpectedCoverage.Ellipsoid(new Seed(1), GoldenCalibration.Load(name)), [0.5, 0.68, 0.9, 0.95]);
        double[] expected = [at50, at68, at90, at95];
        for (var i = 0; i < 4; i++) Assert.Equal(expected[i], curve[i], 0.05);
    }

    [Fact]
    public void Highest_density_credibility_of_a_Gaussian_follows_its_radius()
    {
        // Truth at one standard deviation of a one-dimensional normal: 68.27 % of the draws are denser.
        var draws = new double[20_000];
        new Seed(4).Stream().FillNormal(draws);
        var credibility = ExpectedCoverage.HighestDensity(new Seed(1), Array.ConvertAll(draws, z => -0.5 * z * z), [-0.5]);
        Assert.Equal(0.6827, credibility[0], 0.01);
    }

    [Fact]
    public void Central_credibility_is_zero_at_the_median_and_one_at_the_ends()
    {
        double[] draws = [.. Enumerable.Range(0, 999).SelectMany(i => new double[] { i, i })];
        var set = new CalibrationSet([499, 2000], draws, 1);
        var credibility = ExpectedCoverage.Central(new Seed(1), set, 0);
        Assert.InRange(credibility[0], 0, 0.003);
        Assert.InRange(credibility[1], 0.997, 1);
    }

    [Fact]
    public void Draws_in_a_line_are_refused() =>
        Assert.Throws<ArgumentException>(() => ExpectedCoverage.Ellipsoid(new Seed(1), new CalibrationSet([1, 2], [1, 2, 2, 4, 3, 6, 0, 0], 2)));
}
