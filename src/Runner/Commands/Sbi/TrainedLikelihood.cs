using System.Text;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Samplers;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>A neural likelihood: its posterior, under the prior that the model keeps, is tabulated or walked through.</summary>
internal sealed class TrainedLikelihood(NeuralLikelihood likelihood) : TrainedModel
{
    public const string Grid = "grid", Ensemble = "ensemble", Nuts = "nuts";

    private const int FewestEffectiveDraws = 1000;

    private Prior? prior;

    public override ModelDescription Description => likelihood.Description;

    public override void LogProb(ReadOnlySpan<double> theta, ReadOnlySpan<double> x, Span<double> logProb) => likelihood.LogProb(theta, x, logProb);

    public override double[] Draw(Seed seed, double[] x, int count, string? sampler, CancellationToken cancellation) =>
        Sample(seed, x, count, sampler, cancellation).Draws;

    public override (double[] Draws, object About) Sample(Seed seed, double[] x, int count, string? sampler, CancellationToken cancellation)
    {
        prior ??= Prior.Read(Encoding.UTF8.GetBytes(Description.Prior
            ?? throw new BadInputException("--model", "a model without a prior", "a model that was fitted with --prior", "fit it again")));
        return (sampler ?? (prior.Count <= ParameterGrid.MaximumDimensions ? Grid : Ensemble)) switch
        {
            Ensemble => ByEnsemble(prior, seed, x, count, cancellation),
            Nuts => ByNuts(prior, seed, x, count, cancellation),
            Grid when prior.Count <= ParameterGrid.MaximumDimensions => ByGrid(prior, seed, x, count, cancellation),
            Grid => throw new BadInputException("--sampler", Grid,
                $"up to {ParameterGrid.MaximumDimensions} parameters, the model has {prior.Count}", $"take --sampler {Ensemble} or {Nuts}"),
            var other => throw new BadInputException("--sampler", other,
                $"{Grid}, {Ensemble} or {Nuts}, the model is a likelihood ({NeuralLikelihood.Method})", "leave the option out"),
        };
    }

    private (double[] Draws, object About) ByGrid(Prior prior, Seed seed, double[] x, int count, CancellationToken cancellation)
    {
        var posterior = GridPosterior.Compute(prior, likelihood, x, cancellation: cancellation);
        return (posterior.Sample(seed, count),
            new { sampler = Grid, draws = count, interpolation_error_nats = posterior.InterpolationError, log_evidence = posterior.LogEvidence });
    }

    private (double[] Draws, object About) ByEnsemble(Prior prior, Seed seed, double[] x, int count, CancellationToken cancellation)
    {
        var options = new Inference.Samplers.EnsembleOptions { EffectiveDraws = Math.Max(count, FewestEffectiveDraws) };
        var chain = EnsembleSampler.Sample(seed.Derive("chain"), prior, likelihood, x, options, cancellation: cancellation);
        return (chain.Draw(seed.Derive("draws"), count), new
        {
            sampler = Ensemble, draws = count, converged = chain.Converged, accepted_fraction = chain.AcceptedFraction, steps = chain.Steps * chain.Walkers,
            parameters = Tell(prior, i => new { r_hat = chain.SplitRHat[i], effective_draws = chain.EffectiveSampleSizes[i] }),
        });
    }

    private (double[] Draws, object About) ByNuts(Prior prior, Seed seed, double[] x, int count, CancellationToken cancellation)
    {
        var options = new NutsOptions();
        options = options with { Draws = Math.Max(options.Draws, (count + options.Chains - 1) / options.Chains) };
        var chains = NutsSampler.Sample(seed.Derive("chain"), prior, likelihood, x, options, cancellation: cancellation);
        return (chains.Draw(seed.Derive("draws"), count), new
        {
            sampler = Nuts, draws = count, converged = chains.Converged, divergences = chains.Divergences,
            mean_acceptance = chains.MeanAcceptance, steps = chains.Steps,
            parameters = Tell(prior, i => new
            {
                r_hat = chains.RHat[i], bulk_effective_draws = chains.BulkEffectiveSize[i], tail_effective_draws = chains.TailEffectiveSize[i],
            }),
        });
    }

    private static Dictionary<string, T> Tell<T>(Prior prior, Func<int, T> about) =>
        Enumerable.Range(0, prior.Count).ToDictionary(i => prior.Names[i], about, StringComparer.Ordinal);

    public override double[]? Simulate(Seed seed, double[] theta) => likelihood.Sample(seed, theta, 1);

    public override void Save(Stream stream) => likelihood.Save(stream);
}
