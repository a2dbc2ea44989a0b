using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>
/// The no-U-turn sampler (Hoffman and Gelman 2014) in its multinomial form (Betancourt 2017), with the step size found by dual averaging
/// and a diagonal mass matrix found in growing windows of the warm-up. The gradient is a central difference, taken in one call
/// with the density: a function of the place alone, so that trajectories stay reversible and the draws exact however rough it is.
/// </summary>
public static class NutsSampler
{
    /// <summary>
    /// Samples the posterior of a likelihood. The chains walk in the normal scores of the prior, z_j = inverse normal distribution function
    /// of P(theta_j): there the prior is standard normal, and a hard edge of it is infinitely far away.
    /// </summary>
    /// <param name="seed">Same seed, same draws.</param>
    /// <param name="prior">The prior; no draw leaves its support.</param>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="x">The observation.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <param name="progress">Told the fraction of all draws done, warm-up included.</param>
    /// <param name="cancellation">Looked at before every draw.</param>
    /// <exception cref="ArgumentException">Lengths do not match, x is not finite, or no draw of the prior has a likelihood.</exception>
    public static NutsChains Sample(Seed seed, Prior prior, ILikelihood likelihood, ReadOnlySpan<double> x, NutsOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prior);
        options ??= new();
        options.Validate();
        var scores = new PriorScores(prior, likelihood, x);
        var start = scores.Scores(new PosteriorTarget(prior, likelihood, x).Start(seed.Derive("start"), options.Chains * StartsPerChain));
        var draws = Walk(seed, scores.Evaluate, prior.Count, start, options, progress, cancellation, out var told);
        scores.Restore(draws);
        return new NutsChains(draws, prior.Count, told, options);
    }

    /// <summary>Samples any density.</summary>
    /// <param name="seed">Same seed, same draws.</param>
    /// <param name="target">Its logarithm, smooth where it is finite.</param>
    /// <param name="parameterCount">Number of parameters.</param>
    /// <param name="start">
    /// Places row by row, at least two and as many as chains; chains start at the first, and all tell the scale of the parameters.
    /// </param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <param name="progress">Told the fraction of all draws done, warm-up included.</param>
    /// <param name="cancellation">Looked at before every draw.</param>
    /// <exception cref="ArgumentException">Too few starts, all in one place, or one with zero density.</exception>
    public static NutsChains Sample(Seed seed, LogDensity target, int parameterCount, ReadOnlySpan<double> start, NutsOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfLessThan(parameterCount, 1);
        options ??= new();
        options.Validate();
        if (start.Length % parameterCount != 0 || start.Length < options.Chains * parameterCount)
            throw new ArgumentException($"{start.Length} starting values for {options.Chains} chains of {parameterCount} parameters", nameof(start));
        var draws = Walk(seed, target, parameterCount, start.ToArray(), options, progress, cancellation, out var told);
        return new NutsChains(draws, parameterCount, told, options);
    }

    /// <summary>More starts than chains tell the scale of the posterior.</summary>
    private const int StartsPerChain = 10;

    private static double[][] Walk(
        Seed seed, LogDensity target, int parameterCount, double[] start, NutsOptions options, IProgress<double>? progress, CancellationToken cancellation, out NutsChain[] told)
    {
        var variances = Variances(start, parameterCount);
        told = new NutsChain[options.Chains];
        var draws = new double[options.Chains][];
        for (var c = 0; c < told.Length; c++)
        {
            var (done, chains) = (c, (double)told.Length);
            var one = progress is null ? null : new FractionOf(progress, done, chains);
            told[c] = new NutsChain(seed.Derive("chain").Derive(c), target, start.AsSpan(c * parameterCount, parameterCount), variances, options);
            draws[c] = told[c].Run(one, cancellation);
        }
        return draws;
    }

    private static double[] Variances(double[] places, int parameterCount)
    {
        var variances = new double[parameterCount];
        for (var j = 0; j < parameterCount; j++)
        {
            var column = new RunningVariance();
            for (var i = j; i < places.Length; i += parameterCount) column.Add(places[i]);
            variances[j] = column.Value;
            if (!(variances[j] > 0)) throw new ArgumentException($"all chains start at the same value of parameter {j}: start them apart", nameof(places));
        }
        return variances;
    }

    private sealed class FractionOf(IProgress<double> progress, int done, double all) : IProgress<double>
    {
        public void Report(double value) => progress.Report((done + value) / all);
    }
}
