using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;

namespace ClusterSurvey.Inference.Tests.Diagnostics;

public sealed class TarpTests
{
    // Coverage values by the definition of Lemos et al. (2023) with the references given, distances in the parameters' units.
    [Theory]
    [InlineData("calibrated")]
    [InlineData("overconfident")]
    [InlineData("underconfident")]
    [InlineData("biased")]
    public void The_coverage_values_are_those_of_the_golden_set_at_its_references(string name)
    {
        var coverage = Tarp.Coverage(GoldenCalibration.Load(name), GoldenCalibration.Csv(name, "tarp_refs"));
        var expected = GoldenCalibration.Csv(name, "tarp_coverage");
        Assert.Equal(300, expected.Length);
        // References are printed with nine digits: a draw at the very distance of the truth may change sides.
        var different = coverage.Zip(expected).Count(pair => Math.Abs(pair.First - pair.Second) > 1e-9);
        Assert.True(different <= 1, $"{different} of 300 differ");
        Assert.All(coverage.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 0.0051));
    }

    [Theory]
    [InlineData("calibrated", true)]
    [InlineData("overconfident", false)]
    [InlineData("underconfident", false)]
    public void The_test_on_coverage_values_sees_wrong_widths(string name, bool right)
    {
        var p = KolmogorovSmirnov.Uniform(Tarp.UniformCoverage(new Seed(5), GoldenCalibration.Load(name))).PValue;
        Assert.Equal(right, p > 0.01);
        if (!right) Assert.True(p < 1e-6, $"p = {p}");
    }

    [Fact]
    public void References_fill_the_range_of_the_truths_and_follow_the_seed()
    {
        var set = GoldenCalibration.Load("calibrated");
        var references = Tarp.References(new Seed(1), set);
        Assert.Equal(references, Tarp.References(new Seed(1), set));
        Assert.NotEqual(references, Tarp.References(new Seed(2), set));
        for (var j = 0; j < 3; j++)
        {
            var truths = Enumerable.Range(0, 300).Select(i => set.Truth(i)[j]).ToArray();
            var column = Enumerable.Range(0, 300).Select(i => references[3 * i + j]).ToArray();
            Assert.InRange(column.Min(), truths.Min(), truths.Min() + 0.05 * (truths.Max() - truths.Min()));
            Assert.InRange(column.Max(), truths.Max() - 0.05 * (truths.Max() - truths.Min()), truths.Max());
        }
    }
}
