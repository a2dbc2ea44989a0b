using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Samplers;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>Draws from prior times likelihood by the sampler of one's choice, with what it says of them.</summary>
internal static class PosteriorDraws
{
    public const string Grid = "grid", Ensemble = "ensemble", Nuts = "nuts";

    private const int FewestEffectiveDraws = 1000;

    // Stretches alone seldom find the way from one mode to another.
    private static readonly EnsembleOptions Walk = new() { Move = new MixedMove(new StretchMove(), new DifferentialMove(), 0.5) };

    /// <param name="method">The model's method, for the answer to a sampler that it has not.</param>
    /// <param name="sampler">The sampler; null for the grid where it can.</param>
    public static (double[] Draws, object About) Sample(
        Seed seed, Prior prior, ILikelihood likelihood, double[] x, int count, string method, string? sampler, CancellationToken cancellation)
        => (sampler ?? (prior.Count <= ParameterGrid.MaximumDimensions ? Grid : Ensemble)) switch
        {
            Ensemble => ByEnsemble(prior, likelihood, seed, x, count, cancellation),
            Nuts => ByNuts(prior, likelihood, seed, x, count, cancellation),
            Grid when prior.Count <= ParameterGrid.MaximumDimensions => ByGrid(prior, likelihood, seed, x, count, cancellation),
            Grid => throw new BadInputException("--sampler", Grid,
                $"up to {ParameterGrid.MaximumDimensions} parameters, the model has {prior.Count}", $"take --sampler {Ensemble} or {Nuts}"),
            var other => throw new BadInputException("--sampler", other, $"{Grid}, {Ensemble} or {Nuts}, the model is of method {method}", "leave the option out"),
        };

    private static (double[] Draws, object About) ByGrid(Prior prior, ILikelihood likelihood, Seed seed, double[] x, int count, CancellationToken cancellation)
    {
        var posterior = GridPosterior.Compute(prior, likelihood, x, cancellation: cancellation);
        return (posterior.Sample(seed, count),
            new { sampler = Grid, draws = count, interpolation_error_nats = posterior.InterpolationError, log_evidence = posterior.LogEvidence });
    }

    private static (double[] Draws, object About) ByEnsemble(Prior prior, ILikelihood likelihood, Seed seed, double[] x, int count, CancellationToken cancellation)
    {
        var options = Walk with { EffectiveDraws = Math.Max(count, FewestEffectiveDraws) };
        var chain = EnsembleSampler.Sample(seed.Derive("chain"), prior, likelihood, x, options, cancellation: cancellation);
        return (chain.Draw(seed.Derive("draws"), count), new
        {
            sampler = Ensemble, draws = count, converged = chain.Converged, accepted_fraction = chain.AcceptedFraction, steps = chain.Steps * chain.Walkers,
            parameters = Tell(prior, i => new { r_hat = chain.SplitRHat[i], effective_draws = chain.EffectiveSampleSizes[i] }),
        });
    }

    private static (double[] Draws, object About) ByNuts(Prior prior, ILikelihood likelihood, Seed seed, double[] x, int count, CancellationToken cancellation)
    {
        var options = new NutsOptions();
        options = options with { Draws = Math.Max(options.Draws, (count + options.Chains - 1) / options.Chains) };
        var chains = NutsSampler.Sample(seed.Derive("chain"), prior, likelihood, x, options, cancellation: cancellation);
        return (chains.Draw(seed.Derive("draws"), count), new
        {
            sampler = Nuts, draws = count, converged = chains.Converged, divergences = chains.Divergences, mean_acceptance = chains.MeanAcceptance, steps = chains.Steps,
            parameters = Tell(prior, i => new
            {
                r_hat = chains.RHat[i], bulk_effective_draws = chains.BulkEffectiveSize[i], tail_effective_draws = chains.TailEffectiveSize[i],
            }),
        });
    }

    private static Dictionary<string, T> Tell<T>(Prior prior, Func<int, T> about) =>
        Enumerable.Range(0, prior.Count).ToDictionary(i => prior.Names[i], about, StringComparer.Ordinal);
}
