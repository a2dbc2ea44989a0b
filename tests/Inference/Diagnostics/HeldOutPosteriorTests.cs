using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Tests.Posteriors;

namespace ClusterSurvey.Inference.Tests.Diagnostics;

/// <summary>Calibration by quick posteriors, of a right likelihood and of wrong ones, narrow and wide.</summary>
public sealed class HeldOutPosteriorTests
{
    private const int Cases = 400;

    private static readonly Prior prior = new([new("a", new UniformDistribution(-1, 1)), new("b", new UniformDistribution(-1, 1)), new("c", new UniformDistribution(-1, 1))]);

    [Theory]
    [InlineData(0.01, 0.02, 0.03)]
    [InlineData(0.1, 0.3, 0.02)]
    [InlineData(1.5, 0.4, 3)]
    public void A_right_likelihood_passes(double first, double second, double third)
    {
        var report = Test([first, second, third], 1, 0);
        Assert.True(report.Passes, string.Join(", ", report.Tests.Select(test => $"{test.Kind} of {test.Parameter}: {test.AdjustedPValue:g2}")));
    }

    [Fact]
    public void One_that_is_overconfident_fails_by_coverage() => Assert.False(Test([0.1, 0.1, 0.1], 0.6, 0).PassesBy("coverage"));

    [Fact]
    public void One_that_is_shifted_fails_by_ranks()
    {
        var report = Test([0.1, 0.1, 0.1], 1, 0.06);
        Assert.False(report.PassesBy("sbc"));
        Assert.All(report.Tests.Where(test => test.Kind == "sbc" && test.Parameter != "a"), test => Assert.True(test.Passes, test.Parameter));
    }

    // The likelihood believes in other widths than the data have, and in a first parameter that is shifted.
    private static CalibrationReport Test(double[] widths, double narrower, double shift)
    {
        var likelihood = new GaussianLikelihood([.. widths.Select(width => narrower * width)]);
        var truths = prior.Sample(new Seed(1), Cases);
        var noise = new Seed(2).Stream();
        double[] observed = [.. truths.Select((truth, i) => truth + widths[i % 3] * noise.NextNormal() + (i % 3 == 0 ? shift : 0))];
        var drawn = Enumerable.Range(0, Cases).Select(i => HeldOutPosterior.Draw(new Seed(3).Derive(i), prior, likelihood, observed.AsSpan(3 * i, 3), 100, TestContext.Current.CancellationToken)).ToArray();
        return HeldOutPosterior.Test(new Seed(4), prior.Names, truths, drawn);
    }
}
