using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Samplers;

namespace ClusterSurvey.Inference.Tests.Samplers;

/// <summary>Every sampler on every known posterior; and samplers with a fault, which the same check must find.</summary>
public sealed class SamplerGauntletTests
{
    private const double Level = 1e-3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var posterior in (string[])["Gaussian of 2", "Gaussian of 4", "Gaussian of 8", "narrow Gaussian", "two modes", "banana", "edge"])
        {
            foreach (var sampler in (string[])["grid", "ensemble", "nuts", "importance"]) if (sampler != "grid" || posterior != "Gaussian of 8") pairs.Add(sampler, posterior);
        }
        return pairs;
    }

    [Theory, MemberData(nameof(Pairs))]
    public void Every_sampler_draws_from_every_known_posterior(string sampler, string posterior)
    {
        var known = KnownPosterior.Of(posterior);
        var p = known.PValue(Draws(sampler, known));
        Assert.True(p > Level, $"p = {p:g3}");
    }

    [Theory]
    [InlineData("ensemble without volume factor", "Gaussian of 4")]
    [InlineData("nuts with equal weights", "banana")]
    [InlineData("nuts with equal weights", "Gaussian of 4")]
    [InlineData("importance with equal weights", "banana")]
    [InlineData("importance with equal weights", "Gaussian of 8")]
    [InlineData("grid of eight nodes", "banana")]
    public void A_sampler_with_a_fault_fails_the_same_check(string sampler, string posterior)
    {
        var known = KnownPosterior.Of(posterior);
        var p = known.PValue(Draws(sampler, known));
        Assert.True(p < Level, $"p = {p:g3}");
    }

    // Half as many draws as are effective: the test takes them for independent.
    private static double[] Draws(string sampler, KnownPosterior known)
    {
        var seed = new Seed(31);
        switch (sampler)
        {
            case "ensemble" or "ensemble without volume factor":
                var options = new EnsembleOptions { EffectiveDraws = 4000, MaximumSteps = 1200, Move = sampler == "ensemble" ? new StretchMove() : new WithoutVolumeFactor() };
                var ensemble = EnsembleSampler.Sample(seed, known.Prior, known.Likelihood, [0.0], options, null, Cancellation);
                return ensemble.Draw(seed.Derive("draws"), (int)Math.Min(2000, ensemble.EffectiveSampleSizes.Min() / 2));
            case "nuts" or "nuts with equal weights":
                // Long steps make the weights uneven, so that leaving them out matters.
                var nuts = sampler == "nuts" ? new NutsOptions() : new NutsOptions { TargetAcceptance = 0.5, LogWeight = _ => 0 };
                var chains = NutsSampler.Sample(seed, known.Prior, known.Likelihood, [0.0], nuts, null, Cancellation);
                return chains.Draw(seed.Derive("draws"), (int)Math.Min(2000, chains.BulkEffectiveSize.Min() / 2));
            case "importance" or "importance with equal weights":
                var weighted = ImportanceSampler.Sample(seed, known.Prior, known.Likelihood, [0.0], new ImportanceOptions { EffectiveDraws = 4000 }, null, Cancellation);
                Assert.True(weighted.Converged, $"{weighted.EffectiveDraws} effective draws, shape {weighted.Shape}");
                return sampler == "importance" ? weighted.Draw(seed.Derive("draws"), 2000) : weighted.Theta[..(2000 * known.Prior.Count)];
            default:
                var nodes = sampler == "grid" ? new GridPosteriorOptions() : new GridPosteriorOptions { SearchNodes = 8, LikelihoodNodes = 8, DensityNodes = 8, MostEvaluations = 64 };
                return GridPosterior.Compute(known.Prior, known.Likelihood, [0.0], nodes, null, Cancellation).Sample(seed, 2000);
        }
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
