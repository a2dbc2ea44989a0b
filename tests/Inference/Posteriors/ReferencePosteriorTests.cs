using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Samplers;
using ClusterSurvey.Inference.Tests.Diagnostics;
using ClusterSurvey.Support;

namespace ClusterSurvey.Inference.Tests.Posteriors;

/// <summary>
/// Grid and sampler against the reference draws of the SBI benchmark (golden/sbibm), scored by the classifier two-sample
/// test, where equal sets of 3000 draws give 0.50 +- 0.01, or compared by Kolmogorov and Smirnov.
/// </summary>
public sealed class ReferencePosteriorTests
{
    private const int Count = 3000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_grid_draws_the_Gaussian_mixture()
    {
        var posterior = GridPosterior.Compute(Flat(10), new FunctionMixture(), Observation("gaussian_mixture"), cancellation: Cancellation);
        Assert.InRange(Score("gaussian_mixture", posterior.Sample(new Seed(1), Count), 2), 0.47, 0.53);
    }

    // Two thin crescents with sharp ends.
    [Fact]
    public void The_grid_draws_the_two_moons()
    {
        var posterior = GridPosterior.Compute(Flat(1), new TwoMoons(), Observation("two_moons"), cancellation: Cancellation);
        Assert.InRange(Score("two_moons", posterior.Sample(new Seed(1), Count), 2), 0.47, 0.53);
    }

    [Fact]
    public void The_sampler_draws_the_Gaussian_of_ten_parameters()
    {
        var prior = new Prior(Enumerable.Range(0, 10).Select(i => new PriorParameter($"p{i}", new NormalDistribution(0, Math.Sqrt(0.1)))));
        var likelihood = new GaussianLikelihood([.. Enumerable.Repeat(Math.Sqrt(0.1), 10)]);
        var chain = EnsembleSampler.Sample(new Seed(1), prior, likelihood, Observation("gaussian_linear"), new() { EffectiveDraws = 4000 }, cancellation: Cancellation);
        var draws = chain.Draw(new Seed(2), Count);
        var reference = Reference("gaussian_linear");
        // A classifier of ten parameters would learn three thousand draws by heart for minutes: marginals and sums of neighbours instead.
        var p = Enumerable.Range(0, 10).SelectMany(j => (double[])[Compare(row => row[j]), Compare(row => row[j] + row[(j + 1) % 10])]).ToArray();
        Assert.True(Holm.Adjust(p).Min() > 0.01, $"smallest p = {p.Min()}");

        double Compare(Func<double[], double> view) => KolmogorovSmirnov.TwoSample(Rows(draws, view), Rows(reference, view)).PValue;
        static double[] Rows(double[] values, Func<double[], double> view) => [.. values.Chunk(10).Select(view)];
    }

    private static double[] Reference(string task) => GoldenTable.Csv(SharedData.Path("golden", "sbibm", task, "obs01", "reference_posterior_samples.csv"));

    private static double Score(string task, double[] draws, int parameters)
    {
        return ClassifierTwoSampleTest.Score(new Seed(3), Reference(task).AsSpan(0, Count * parameters), draws, parameters, cancellation: Cancellation).Accuracy;
    }

    private static double[] Observation(string task) => GoldenTable.Csv(SharedData.Path("golden", "sbibm", task, "obs01", "observation.csv"));

    private static Prior Flat(double half) => new([new("a", new UniformDistribution(-half, half)), new("b", new UniformDistribution(-half, half))]);

    /// <summary>x ~ N(theta, s^2) with s = 1 or 0.1, evenly.</summary>
    private sealed class FunctionMixture : ILikelihood
    {
        public int ParameterCount => 2;

        public int DataCount => 2;

        public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> logLikelihood)
        {
            for (var i = 0; i < logLikelihood.Length; i++)
            {
                var square = Math.Pow(x[0] - theta[2 * i], 2) + Math.Pow(x[1] - theta[2 * i + 1], 2);
                logLikelihood[i] = Math.Log(Math.Exp(-0.5 * square) + 100 * Math.Exp(-50 * square));
            }
        }
    }

    /// <summary>x = r (cos a, sin a) + (0.25, 0) + (-|t1 + t2|, t2 - t1) / sqrt(2), a flat on the right half, r ~ N(0.1, 0.01^2).</summary>
    private sealed class TwoMoons : ILikelihood
    {
        public int ParameterCount => 2;

        public int DataCount => 2;

        public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> logLikelihood)
        {
            for (var i = 0; i < logLikelihood.Length; i++)
            {
                var u = x[0] - 0.25 + Math.Abs(theta[2 * i] + theta[2 * i + 1]) / Math.Sqrt(2);
                var v = x[1] + (theta[2 * i] - theta[2 * i + 1]) / Math.Sqrt(2);
                var r = Math.Sqrt(u * u + v * v);
                logLikelihood[i] = u < 0 ? double.NegativeInfinity : -0.5 * Math.Pow((r - 0.1) / 0.01, 2) - Math.Log(r);
            }
        }
    }
}
