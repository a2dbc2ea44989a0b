using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Samplers;
using ClusterSurvey.Inference.Tests.Posteriors;

namespace ClusterSurvey.Inference.Tests.Samplers;

public sealed class NutsSamplerTests
{
    private static readonly NutsOptions Short = new() { Warmup = 150, Draws = 200 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_posterior_of_three_parameters_converges_in_few_steps()
    {
        var prior = new Prior([new("a", new UniformDistribution(-2, 1)), new("b", new NormalDistribution(-0.5, 1)), new("c", new UniformDistribution(0, 7))]);
        var chains = NutsSampler.Sample(new Seed(6), prior, new GaussianLikelihood([0.1, 0.2, 0.5], 0.8), [-0.5, -0.7, 3.6], null, null, Cancellation);
        Assert.True(chains.Converged);
        Assert.Equal(0, chains.Divergences);
        Assert.All(chains.RHat, rHat => Assert.InRange(rHat, 0.999, 1.01));
        Assert.True(chains.BulkEffectiveSize.Min() > 1500 && chains.TailEffectiveSize.Min() > 1000, $"{chains.BulkEffectiveSize.Min()} {chains.TailEffectiveSize.Min()}");
        Assert.InRange(chains.MeanAcceptance, 0.7, 0.97);
        // 6000 draws, warm-up included; measured 32 000 steps.
        Assert.InRange(chains.Steps, 6000, 60_000);
        Assert.Equal(-0.5, chains.Summarize()[0].Mean, 0.02);
    }

    /// <summary>The gradient steers; only the density decides. Here the neighbours from which it is taken are told wrong.</summary>
    [Fact]
    public void A_gradient_that_is_a_fifth_off_costs_steps_and_not_truth()
    {
        var known = KnownPosterior.Of("banana");
        void Target(ReadOnlySpan<double> theta, Span<double> values)
        {
            for (var i = 0; i < values.Length; i++) values[i] = known.LogLikelihood(theta.Slice(2 * i, 2).ToArray()) * (i == 0 ? 1 : 1.2);
        }
        var chains = NutsSampler.Sample(new Seed(8), Target, 2, [0.1, 0, 0, 0.2, -0.1, 0.1, 0.3, 0.3], null, null, Cancellation);
        Assert.True(known.PValue(chains.Draw(new Seed(9), (int)Math.Min(2000, chains.BulkEffectiveSize.Min() / 2))) > 1e-3);
    }

    /// <summary>Neal's funnel (2003): its neck is too narrow for the step of its mouth.</summary>
    [Fact]
    public void A_funnel_is_reported_by_its_divergences()
    {
        static void Target(ReadOnlySpan<double> theta, Span<double> values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var t = theta.Slice(5 * i, 5);
                values[i] = -t[0] * t[0] / 18;
                for (var j = 1; j < 5; j++) values[i] -= 0.5 * (t[j] * t[j] * Math.Exp(-t[0]) + t[0]);
            }
        }
        var start = new double[40];
        new Seed(3).Stream().FillNormal(start);
        var chains = NutsSampler.Sample(new Seed(8), Target, 5, start, Short, null, Cancellation);
        Assert.True(chains.Divergences > 0);
        Assert.False(chains.Converged);
    }

    [Fact]
    public void Two_separate_modes_are_told_by_R_hat()
    {
        static void Target(ReadOnlySpan<double> theta, Span<double> values)
        {
            for (var i = 0; i < values.Length; i++) values[i] = Math.Log(Math.Exp(-0.5 * Math.Pow(theta[i] - 20, 2)) + Math.Exp(-0.5 * Math.Pow(theta[i] + 20, 2)));
        }
        var chains = NutsSampler.Sample(new Seed(8), Target, 1, [19, -19, 20, -20], Short, null, Cancellation);
        Assert.True(chains.RHat[0] > 1.5);
        Assert.False(chains.Converged);
    }

    [Fact]
    public void The_seed_decides_every_bit_on_any_thread()
    {
        double[] Draws(ulong seed) => NutsSampler.Sample(new Seed(seed), KnownPosterior.Of("edge").Prior, KnownPosterior.Of("edge").Likelihood, [0.0], Short, null, Cancellation)
            .Draw(new Seed(1), 100);
        var first = Draws(1);
        var again = new double[2][];
        Parallel.For(0, 2, i => again[i] = Draws(1));
        Assert.Equal(first, again[0]);
        Assert.Equal(first, again[1]);
        Assert.NotEqual(first, Draws(2));
    }

    [Fact]
    public void No_draw_leaves_the_prior()
    {
        var known = KnownPosterior.Of("edge");
        var asked = new List<double[]>();
        var likelihood = new FunctionLikelihood(2, theta =>
        {
            if (theta[0] is < 0 or > 1 || theta[1] is < -1 or > 0) asked.Add(theta);
            return known.LogLikelihood(theta);
        });
        NutsSampler.Sample(new Seed(5), known.Prior, likelihood, [0.0], Short, null, Cancellation);
        Assert.Empty(asked);
    }

    [Fact]
    public void It_tells_how_far_it_is_and_can_be_cancelled()
    {
        var known = KnownPosterior.Of("edge");
        var heard = new List<double>();
        NutsSampler.Sample(new Seed(5), known.Prior, known.Likelihood, [0.0], Short, new Listener(heard.Add), Cancellation);
        Assert.Equal(4 * 350, heard.Count);
        Assert.Equal(heard.Order(), heard);
        Assert.Equal(1, heard[^1], 1e-9);
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => NutsSampler.Sample(new Seed(5), known.Prior, known.Likelihood, [0.0], Short, new Listener(_ => source.Cancel()), source.Token));
    }

    [Fact]
    public void Starts_and_options_that_cannot_work_are_refused()
    {
        static void Normal(ReadOnlySpan<double> theta, Span<double> values)
        {
            for (var i = 0; i < values.Length; i++) values[i] = -0.5 * theta[i] * theta[i];
        }
        Assert.Throws<ArgumentException>(() => NutsSampler.Sample(new Seed(1), Normal, 1, [1, 2, 3], null, null, Cancellation));
        Assert.Throws<ArgumentException>(() => NutsSampler.Sample(new Seed(1), Normal, 1, [1, 1, 1, 1], null, null, Cancellation));
        Assert.Throws<ArgumentException>(() => NutsSampler.Sample(new Seed(1), Normal, 1, [1, 2, double.NaN, 3], null, null, Cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => NutsSampler.Sample(new Seed(1), Normal, 1, [1, 2, 3, 4], new() { Draws = 10 }, null, Cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => NutsSampler.Sample(new Seed(1), Normal, 1, [1, 2, 3, 4], new() { Chains = 1 }, null, Cancellation));
        var chains = NutsSampler.Sample(new Seed(1), Normal, 1, [1, 2, 3, 4], Short, null, Cancellation);
        Assert.Throws<ArgumentOutOfRangeException>(() => chains.Draw(new Seed(1), 801));
    }

    private sealed class Listener(Action<double> hear) : IProgress<double>
    {
        public void Report(double value) => hear(value);
    }
}
