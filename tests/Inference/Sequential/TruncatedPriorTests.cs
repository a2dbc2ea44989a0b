using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Sequential;
using ClusterSurvey.Inference.Tests.Methods;
using ClusterSurvey.Inference.Training;

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

    // Four parameters of which only the three differences are measured, and well: of the box around that thin diagonal the region is so small a part that candidates
    // from the prior hardly ever meet it. The prior is even over the region, the posterior heaped in its middle: across the diagonal the truncated prior scatters more,
    // 1.5 times if the posterior were normal.
    [Fact]
    public void Where_the_region_is_a_small_part_of_its_box_draws_still_spread_over_it()
    {
        const double noise = 0.01;
        const int parameters = 4, data = 3, pairs = 2000;
        var (theta, x) = (new float[parameters * pairs], new float[data * pairs]);
        var random = new Seed(11).Stream();
        for (var i = 0; i < theta.Length; i++) theta[i] = (float)random.NextUniform(-2, 2);
        for (var i = 0; i < x.Length; i++) x[i] = theta[i / data * parameters + i % data] - theta[i / data * parameters + i % data + 1] + (float)(noise * random.NextNormal());
        var prior = new Prior([.. "abcd".Select(name => new PriorParameter($"{name}", new UniformDistribution(-2, 2)))]);
        var thin = NeuralPosterior.Train(new Seed(12), new InMemoryPairs(theta, x, parameters, data), ParameterBounds.Of(prior), new() { Networks = 1 }, cancellation: TestContext.Current.CancellationToken);
        double[] observed = [0.5, 0, -0.5];
        double[] posterior = thin.Sample(new Seed(13), observed, 4000);
        double[] truncated = new TruncatedPrior(prior, observed).To(new Seed(14), thin, 0.01).Sample(new Seed(15), 4000, TestContext.Current.CancellationToken);
        Assert.Equal(4000 * parameters, truncated.Length);
        double[] ofPosterior = new double[4000], ofTruncated = new double[4000];
        thin.Evaluate(observed, posterior, ofPosterior);
        thin.Evaluate(observed, truncated, ofTruncated);
        Array.Sort(ofPosterior);
        Assert.InRange(ofPosterior.Count(density => density < ofTruncated.Min()), 20, 60);
        for (var i = 0; i < data; i++) Assert.InRange(Deviation(truncated, i) / Deviation(posterior, i), 1.4, 2.6);

        static double Deviation(double[] draws, int i)
        {
            double[] differences = [.. draws.Chunk(parameters).Select(row => row[i] - row[i + 1])];
            return Math.Sqrt(differences.Average(value => value * value) - Math.Pow(differences.Average(), 2));
        }
    }

    private static double Threshold(double share)
    {
        var densities = new double[20_000];
        Posterior.Value.Evaluate(X, Posterior.Value.Sample(new Seed(10), X, 20_000), densities);
        Array.Sort(densities);
        return densities[(int)(share * densities.Length)];
    }
}
