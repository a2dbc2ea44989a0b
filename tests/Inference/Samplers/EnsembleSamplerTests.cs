using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Samplers;
using ClusterSurvey.Inference.Tests.Posteriors;

namespace ClusterSurvey.Inference.Tests.Samplers;

public sealed class EnsembleSamplerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_correlated_Gaussian_is_sampled_right(int dimensions) => Assert.Empty(Wrong(Gaussian(dimensions, new StretchMove()), Standards(dimensions)));

    [Fact]
    public void A_correlated_Gaussian_of_ten_parameters_is_sampled_right() => Assert.Empty(Wrong(Gaussian(10, new StretchMove()), Standards(10)));

    [Fact]
    public void Differential_evolution_samples_it_right() =>
        Assert.Empty(Wrong(Gaussian(3, new MixedMove(new StretchMove(), new DifferentialMove(), 0.5)), Standards(3)));

    /// <summary>In five dimensions stretches hardly ever reach the other mode; differences between walkers do.</summary>
    [Fact]
    public void Differential_evolution_keeps_the_shares_of_distant_modes()
    {
        static void Modes(ReadOnlySpan<double> theta, Span<double> logDensity)
        {
            for (var i = 0; i < logDensity.Length; i++)
            {
                double left = Math.Log(0.3), right = Math.Log(0.7);
                for (var j = 0; j < 5; j++)
                {
                    var t = theta[5 * i + j];
                    left -= 0.5 * Math.Pow(j == 0 ? t + 8 : t, 2);
                    right -= 0.5 * Math.Pow(j == 0 ? t - 8 : t, 2);
                }
                logDensity[i] = Math.Max(left, right) + Math.Log(1 + Math.Exp(-Math.Abs(left - right)));
            }
        }
        double Left(IEnsembleMove move)
        {
            double[] start = [.. Scattered(400, 5)];
            for (var i = 0; i < start.Length; i += 5) start[i] += i % 2 == 0 ? 8 : -8;
            var options = new EnsembleOptions { Move = move, MaximumSteps = 3000, EffectiveDraws = 3000 };
            var chain = EnsembleSampler.Sample(new Seed(4), Modes, 5, start, options, cancellation: Cancellation);
            return Enumerable.Range(0, chain.Steps).Average(i => Fraction(chain.Step(i), 5, a => a < 0));
        }
        Assert.Equal(0.3, Left(new MixedMove(new StretchMove(), new DifferentialMove(), 0.5)), 0.03);
        Assert.InRange(Left(new StretchMove()), 0.4, 0.6);
    }

    /// <summary>The negative control: without the volume factor z^(d-1) of the stretch, walkers crowd together.</summary>
    [Fact]
    public void A_wrong_acceptance_rule_fails_the_same_check() => Assert.NotEmpty(Wrong(Gaussian(3, new WithoutVolumeFactor()), Standards(3)));

    [Fact]
    public void Two_modes_keep_their_shares()
    {
        var prior = new Prior([new("a", new UniformDistribution(-10, 10)), new("b", new UniformDistribution(-10, 10))]);
        var likelihood = new FunctionLikelihood(2, t => Math.Log(
            0.3 * Math.Exp(-0.5 * (Math.Pow(t[0] + 2, 2) + t[1] * t[1])) + 0.7 * Math.Exp(-0.5 * (Math.Pow(t[0] - 2.5, 2) + t[1] * t[1]))));
        var chain = EnsembleSampler.Sample(new Seed(4), prior, likelihood, [0.0], cancellation: Cancellation);
        Assert.True(chain.Converged);
        var exact = GridPosterior.Compute(prior, likelihood, [0.0], cancellation: Cancellation);
        var left = Enumerable.Range(0, chain.Steps).Average(i => Fraction(chain.Step(i), 2, a => a < 0));
        Assert.Equal(exact.Marginal(0).Cumulative(0), left, 0.02);
    }

    [Fact]
    public void Walkers_never_leave_the_prior()
    {
        var prior = new Prior([new("a", new UniformDistribution(0, 1)), new("b", new UniformDistribution(-1, 0))]);
        var asked = new List<double>();
        var likelihood = new FunctionLikelihood(2, t =>
        {
            if (t[0] < 0 || t[0] > 1 || t[1] < -1 || t[1] > 0) asked.AddRange(t);
            return -0.5 * (t[0] * t[0] + t[1] * t[1]) / 0.25;
        });
        EnsembleSampler.Sample(new Seed(5), prior, likelihood, [0.0], cancellation: Cancellation);
        Assert.Empty(asked);
    }

    [Fact]
    public void Ten_thousand_effective_draws_of_three_parameters_take_few_evaluations()
    {
        var prior = new Prior([new("a", new UniformDistribution(-2, 1)), new("b", new UniformDistribution(-2, 1)), new("c", new UniformDistribution(0, 7))]);
        double[] x = [-0.5, -0.7, 3.6], s = [0.1, 0.2, 0.5];
        var counted = new CountedLikelihood(new GaussianLikelihood(s, 0.8));
        var chain = EnsembleSampler.Sample(new Seed(6), prior, counted, x, cancellation: Cancellation);
        // The default walkers and steps; a worse move or more walkers would show here.
        Assert.InRange(counted.Evaluations, 100_000, 700_000);
        Assert.True(chain.Converged);
        Assert.True(chain.EffectiveSampleSizes.Min() >= 10_000);
        Assert.InRange(chain.AcceptedFraction, 0.3, 0.8);
        Assert.Empty(Wrong(chain, [.. x.Zip(s, (mean, deviation) => new NormalDistribution(mean, deviation))]));
    }

    [Fact]
    public void The_seed_decides_every_bit()
    {
        var options = new EnsembleOptions { EffectiveDraws = 1000 };
        double[] Draws(ulong seed) => EnsembleSampler.Sample(new Seed(seed), Normal, 2, Scattered(400, 2), options, cancellation: Cancellation).Draw(new Seed(1), 100);
        Assert.Equal(Draws(1), Draws(1));
        Assert.NotEqual(Draws(1), Draws(2));
    }

    [Fact]
    public void A_run_that_ends_too_early_says_so()
    {
        var options = new EnsembleOptions { MaximumSteps = 60 };
        var chain = EnsembleSampler.Sample(new Seed(1), Normal, 2, Scattered(400, 2), options, cancellation: Cancellation);
        Assert.False(chain.Converged);
        Assert.Equal(45, chain.Steps);
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Draw(new Seed(1), 45 * 400 + 1));
    }

    [Fact]
    public void Starts_that_cannot_walk_are_refused()
    {
        var start = Scattered(400, 2);
        Assert.Throws<ArgumentException>(() => EnsembleSampler.Sample(new Seed(1), Normal, 2, start.AsSpan(2), cancellation: Cancellation));
        start[7] = double.PositiveInfinity;
        Assert.Throws<ArgumentException>(() => EnsembleSampler.Sample(new Seed(1), Normal, 2, start, cancellation: Cancellation));
        Assert.Throws<ArgumentException>(() => EnsembleSampler.Sample(new Seed(1), Normal, 2, start, new() { Walkers = 7 }, cancellation: Cancellation));
        var prior = new Prior([new("a", new UniformDistribution(0, 1))]);
        Assert.Throws<ArgumentException>(() => EnsembleSampler.Sample(new Seed(1), prior, new FunctionLikelihood(1, _ => double.NaN), [0.0], cancellation: Cancellation));
    }

    /// <summary>Normal marginals N(j, (1 + j)^2), neighbours correlated by 0.6 (first-order chain).</summary>
    private static EnsembleChain Gaussian(int d, IEnsembleMove move) => EnsembleSampler.Sample(new Seed(7), (theta, logDensity) =>
    {
        for (var i = 0; i < logDensity.Length; i++)
        {
            double sum = 0, previous = 0;
            for (var j = 0; j < d; j++)
            {
                var z = (theta[i * d + j] - j) / (1 + j);
                sum -= j == 0 ? 0.5 * z * z : 0.5 * (z - 0.6 * previous) * (z - 0.6 * previous) / (1 - 0.36);
                previous = z;
            }
            logDensity[i] = sum;
        }
    }, d, Scattered(400, d), new EnsembleOptions { Move = move, EffectiveDraws = 4000, MaximumSteps = 4000 }, cancellation: Cancellation);

    private static NormalDistribution[] Standards(int d) => [.. Enumerable.Range(0, d).Select(j => new NormalDistribution(j, 1 + j))];

    /// <summary>What is wrong with a chain: no convergence, or a mean or width more than 5 standard errors off.</summary>
    private static List<string> Wrong(EnsembleChain chain, NormalDistribution[] expected)
    {
        var wrong = new List<string>();
        if (!chain.Converged) wrong.Add($"not converged: R-hat {chain.SplitRHat.Max():F4}, effective {chain.EffectiveSampleSizes.Min():F0}");
        var summaries = chain.Summarize();
        for (var j = 0; j < expected.Length; j++)
        {
            var error = expected[j].StandardDeviation / Math.Sqrt(chain.EffectiveSampleSizes[j]);
            if (Math.Abs(summaries[j].Mean - expected[j].Mean) > 5 * error) wrong.Add($"mean of {j}: {summaries[j].Mean}");
            if (Math.Abs(summaries[j].StandardDeviation - expected[j].StandardDeviation) > 5 * error) wrong.Add($"width of {j}: {summaries[j].StandardDeviation}");
        }
        return wrong;
    }

    private static void Normal(ReadOnlySpan<double> theta, Span<double> logDensity)
    {
        for (var i = 0; i < logDensity.Length; i++) logDensity[i] = -0.5 * (theta[2 * i] * theta[2 * i] + theta[2 * i + 1] * theta[2 * i + 1]);
    }

    private static double[] Scattered(int walkers, int d)
    {
        var start = new double[walkers * d];
        new Seed(99).Stream().FillNormal(start);
        return start;
    }

    private static double Fraction(ReadOnlySpan<double> places, int d, Func<double, bool> test)
    {
        var count = 0;
        for (var i = 0; i < places.Length; i += d) if (test(places[i])) count++;
        return count / (places.Length / (double)d);
    }

    private sealed class WithoutVolumeFactor : IEnsembleMove
    {
        private readonly StretchMove right = new();

        public double Propose(RandomStream stream, ReadOnlySpan<double> walker, ReadOnlySpan<double> others, Span<double> proposal)
        {
            right.Propose(stream, walker, others, proposal);
            return 0;
        }
    }
}
