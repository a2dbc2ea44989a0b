using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Sequential;
using ClusterSurvey.Inference.Tests.Methods;

namespace ClusterSurvey.Inference.Tests.Sequential;

public class TruncatedPriorTests
{
    private static readonly LinearGaussian Problem = new();
    private static readonly double[] X = Problem.Mean([0.4f, -0.9f]);
    private static readonly Lazy<NeuralPosterior> Posterior = new(() =>
        NeuralPosterior.Train(new Seed(1), Problem.Pairs(new Seed(2), 1000), ParameterBounds.Of(BentNeedle.Prior), new() { Networks = 1 }));

    [Fact]
    public void Is_the_prior_where_the_posterior_is_and_nothing_elsewhere()
    {
        var truncated = new TruncatedPrior(BentNeedle.Prior, X).To(new Seed(3), Posterior.Value, 0.05);
        var draws = truncated.Sample(new Seed(4), 4000, TestContext.Current.CancellationToken);
        var threshold = Threshold(0.05);
        var density = new double[4000];
        Posterior.Value.Evaluate(X, draws, density);
        Assert.True(density.Min() >= threshold - 0.1, $"{density.Min()} lies below {threshold}");
        // The prior is uniform: draws are even over the region, so that the mean density is the region's mass over its area.
        var plain = BentNeedle.Prior.Sample(new Seed(5), 200_000);
        var everywhere = new double[200_000];
        Posterior.Value.Evaluate(X, plain, everywhere);
        var inside = everywhere.Where(d => d >= threshold).ToArray();
        Assert.Equal(inside.Average(Math.Exp), density.Average(Math.Exp), 0.05 * inside.Average(Math.Exp));
    }

    [Fact]
    public void Without_a_region_it_is_the_prior() =>
        Assert.Equal(BentNeedle.Prior.Sample(new Seed(4), 50), new TruncatedPrior(BentNeedle.Prior, X).Sample(new Seed(4), 50, TestContext.Current.CancellationToken));

    [Fact]
    public void A_later_region_lies_in_the_earlier_ones()
    {
        var wide = new TruncatedPrior(BentNeedle.Prior, X).To(new Seed(3), Posterior.Value, 0.05);
        var other = NeuralPosterior.Train(new Seed(8), Problem.Pairs(new Seed(9), 100), ParameterBounds.Of(BentNeedle.Prior), new() { Networks = 1 }, cancellation: TestContext.Current.CancellationToken);
        var draws = wide.To(new Seed(6), other, 1e-4).Sample(new Seed(7), 500, TestContext.Current.CancellationToken);
        var density = new double[500];
        Posterior.Value.Evaluate(X, draws, density);
        Assert.True(density.Min() >= Threshold(0.05) - 0.1);
    }

    private static double Threshold(double share)
    {
        var densities = new double[20_000];
        Posterior.Value.Evaluate(X, Posterior.Value.Sample(new Seed(10), X, 20_000), densities);
        Array.Sort(densities);
        return densities[(int)(share * densities.Length)];
    }
}
