using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>What an ensemble sampler leaves: the places of all walkers at every step after the burn-in, and how far to trust them.</summary>
public sealed class EnsembleChain
{
    private readonly double[][] steps;

    internal EnsembleChain(List<double[]> all, int burnIn, int ensembles, int parameterCount, double acceptedFraction, EnsembleOptions options, double longEnough)
    {
        steps = [.. all.Skip(burnIn)];
        (BurnIn, Ensembles, ParameterCount, AcceptedFraction) = (burnIn, ensembles, parameterCount, acceptedFraction);
        Walkers = steps[0].Length / parameterCount;
        AutocorrelationTimes = new double[parameterCount];
        EffectiveSampleSizes = new double[parameterCount];
        SplitRHat = new double[parameterCount];
        for (var i = 0; i < parameterCount; i++)
        {
            var series = Series(i);
            AutocorrelationTimes[i] = ChainDiagnostics.AutocorrelationTime(series);
            EffectiveSampleSizes[i] = Math.Min(1, 1 / AutocorrelationTimes[i]) * steps.Length * Walkers;
            SplitRHat[i] = ChainDiagnostics.SplitRHat(series, Walkers / ensembles);
        }
        Converged = steps.Length >= longEnough * AutocorrelationTimes.Max() && EffectiveSampleSizes.Min() >= options.EffectiveDraws && SplitRHat.Max() <= options.LargestRHat;
    }

    /// <summary>Number of parameters.</summary>
    public int ParameterCount { get; }

    /// <summary>Number of ensembles.</summary>
    public int Ensembles { get; }

    /// <summary>Walkers of all ensembles together.</summary>
    public int Walkers { get; }

    /// <summary>Steps thrown away.</summary>
    public int BurnIn { get; }

    /// <summary>Steps kept.</summary>
    public int Steps => steps.Length;

    /// <summary>The share of the proposals that was accepted; 0.2 to 0.5 is healthy.</summary>
    public double AcceptedFraction { get; }

    /// <summary>Integrated autocorrelation time of every parameter, in steps (Sokal's window of 5 times, averaged over the walkers).</summary>
    public double[] AutocorrelationTimes { get; }

    /// <summary>Effective draws of every parameter: draws / autocorrelation time.</summary>
    public double[] EffectiveSampleSizes { get; }

    /// <summary>Split R-hat of every parameter, with the halves of each ensemble as chains (Gelman et al. 2013).</summary>
    public double[] SplitRHat { get; }

    /// <summary>Whether the effective draws and the R-hat asked for were reached, on a run of at least 20 autocorrelation times.</summary>
    public bool Converged { get; }

    /// <summary>All places of one step, walkers x parameters row by row.</summary>
    public ReadOnlySpan<double> Step(int index) => steps[index];

    /// <summary>Places picked at random from all that were kept, each at most once.</summary>
    /// <param name="seed">Same seed, same draws.</param>
    /// <param name="count">Number of draws, at most <see cref="Steps"/> x <see cref="Walkers"/>.</param>
    /// <returns>Points row by row.</returns>
    public double[] Draw(Seed seed, int count)
    {
        var total = steps.Length * Walkers;
        if (count < 0 || count > total) throw new ArgumentOutOfRangeException(nameof(count), count, $"the chain keeps {total} places: ask for as many at most");
        var stream = seed.Stream();
        var order = Enumerable.Range(0, total).ToArray();
        var draws = new double[count * ParameterCount];
        for (var i = 0; i < count; i++)
        {
            var j = i + stream.NextInt32(total - i);
            (order[i], order[j]) = (order[j], order[i]);
            var (step, walker) = Math.DivRem(order[i], Walkers);
            steps[step].AsSpan(walker * ParameterCount, ParameterCount).CopyTo(draws.AsSpan(i * ParameterCount));
        }
        return draws;
    }

    /// <summary>Median, intervals, mean and standard deviation of every parameter over all places kept.</summary>
    public ParameterSummary[] Summarize() =>
        [.. Enumerable.Range(0, ParameterCount).Select(i => Quantiles.Summarize([.. Series(i).SelectMany(walker => walker)]))];

    private double[][] Series(int parameter)
    {
        var series = new double[Walkers][];
        for (var walker = 0; walker < Walkers; walker++)
        {
            series[walker] = new double[steps.Length];
            for (var step = 0; step < steps.Length; step++) series[walker][step] = steps[step][walker * ParameterCount + parameter];
        }
        return series;
    }
}
