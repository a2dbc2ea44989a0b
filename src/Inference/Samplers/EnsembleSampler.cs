using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>
/// The affine-invariant ensemble sampler of Goodman and Weare (2010), its two halves moved in turn (Foreman-Mackey et
/// al. 2013), in several independent ensembles. All walkers of a half are evaluated in one call.
/// </summary>
public static class EnsembleSampler
{
    private const int FirstCheck = 200;

    /// <summary>A run is long enough to estimate its autocorrelation time when it keeps this many of them.</summary>
    private const double LongEnough = 20;

    /// <summary>Samples the posterior of a likelihood, starting from draws of the prior that the likelihood favours.</summary>
    /// <param name="seed">Same seed, same chain.</param>
    /// <param name="prior">The prior; the walkers never leave its support.</param>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="x">The observation.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <param name="progress">Told the fraction of the effective draws reached, at every check.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <exception cref="ArgumentException">Lengths do not match, x is not finite, or no draw of the prior has a likelihood.</exception>
    public static EnsembleChain Sample(Seed seed, Prior prior, ILikelihood likelihood, ReadOnlySpan<double> x, EnsembleOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new();
        var target = new PosteriorTarget(prior, likelihood, x);
        var start = target.Start(seed.Derive("start"), options.Ensembles * options.WalkersFor(prior.Count));
        return Sample(seed, target.Evaluate, prior.Count, start, options, progress, cancellation);
    }

    /// <summary>Samples any density.</summary>
    /// <param name="seed">Same seed, same chain.</param>
    /// <param name="target">Its logarithm.</param>
    /// <param name="parameterCount">Number of parameters.</param>
    /// <param name="start">Where the walkers start, row by row, ensembles x walkers x parameters; not all in one place.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <param name="progress">Told the fraction of the effective draws reached, at every check.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <exception cref="ArgumentException">The number of starts does not match, or one has zero density.</exception>
    public static EnsembleChain Sample(Seed seed, LogDensity target, int parameterCount, ReadOnlySpan<double> start, EnsembleOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new();
        var state = new EnsembleState(target, parameterCount, options.Ensembles, options.WalkersFor(parameterCount), start);
        var stream = seed.Derive("walk").Stream();
        var steps = new List<double[]>();
        var check = Math.Min(FirstCheck, options.MaximumSteps);
        while (true)
        {
            for (; steps.Count < check; steps.Add(state.Snapshot()))
            {
                cancellation.ThrowIfCancellationRequested();
                state.Step(stream, options.Move);
            }
            var chain = new EnsembleChain(steps, (int)(options.BurnInShare * steps.Count), options.Ensembles, parameterCount, state.AcceptedFraction, options, LongEnough);
            progress?.Report(Math.Min(1, chain.EffectiveSampleSizes.Min() / options.EffectiveDraws));
            if (chain.Converged || check >= options.MaximumSteps) return chain;
            check = Math.Min(options.MaximumSteps, check + check / 2);
        }
    }
}
