using System.Text.Json;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Support;

namespace ClusterSurvey.Inference.Tests.Diagnostics;

public sealed class SimulationBasedCalibrationTests
{
    // Ranks by sbi.diagnostics.run_sbc on the same draws.
    [Theory]
    [InlineData("calibrated")]
    [InlineData("overconfident")]
    [InlineData("underconfident")]
    [InlineData("biased")]
    public void The_ranks_are_those_of_the_reference_code(string name)
    {
        var expected = Array.ConvertAll(GoldenCalibration.Csv(name, "ranks"), rank => (int)rank);
        Assert.Equal(expected, SimulationBasedCalibration.Ranks(GoldenCalibration.Load(name)));
    }

    // sbi.diagnostics.check_sbc tests rank / draws against the uniform distribution with scipy.stats.kstest. The formula for the
    // far tail is 4 % off at 3e-10; above 0.001 the exact distribution agrees to 1e-5.
    [Theory]
    [InlineData("calibrated")]
    [InlineData("overconfident")]
    [InlineData("underconfident")]
    [InlineData("biased")]
    public void The_probabilities_of_the_test_are_those_of_the_reference_code(string name)
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("golden", "diagnostics", "golden_diag.json")));
        var expected = golden.RootElement.GetProperty(name).GetProperty("sbc_ks_pvals");
        var ranks = SimulationBasedCalibration.Ranks(GoldenCalibration.Load(name));
        for (var j = 0; j < 3; j++)
        {
            var p = KolmogorovSmirnov.Uniform([.. Enumerable.Range(0, 300).Select(i => ranks[3 * i + j] / 200.0)]).PValue;
            Assert.Equal(1, p / expected[j].GetDouble(), p > 0.001 ? 1e-5 : 0.05);
        }
    }

    [Fact]
    public void Spread_ranks_are_uniform_where_raw_ranks_of_few_draws_are_not()
    {
        // Five draws a case: ranks take six values only, and the distance of raw ranks from uniform is large by itself.
        var stream = new Seed(3).Stream();
        var truths = new double[4000];
        var draws = new double[5 * truths.Length];
        stream.FillNormal(truths);
        stream.FillNormal(draws);
        var set = new CalibrationSet(truths, draws, 1);
        Assert.True(KolmogorovSmirnov.Uniform(SimulationBasedCalibration.UniformRanks(new Seed(1), set, 0)).PValue > 0.05);
        Assert.True(KolmogorovSmirnov.Uniform(Array.ConvertAll(SimulationBasedCalibration.Ranks(set), rank => rank / 5.0)).PValue < 1e-10);
    }
}
