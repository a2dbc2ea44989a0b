using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>What the no-U-turn sampler leaves: the draws of all chains, and how far to trust them.</summary>
public sealed class NutsChains
{
    /// <summary>Effective draws a chain below which R-hat and the effective sizes themselves are guesses (Vehtari et al. 2021).</summary>
    private const double FewestEffectiveDraws = 100;

    private readonly double[][] draws;

    internal NutsChains(double[][] draws, int parameterCount, NutsChain[] chains, NutsOptions options)
    {
        (this.draws, ParameterCount) = (draws, parameterCount);
        Divergences = chains.Sum(chain => chain.Divergences);
        MeanAcceptance = chains.Average(chain => chain.MeanAcceptance);
        StepSizes = Array.ConvertAll(chains, chain => chain.StepSize);
        Steps = chains.Sum(chain => chain.Steps);
        var series = Enumerable.Range(0, parameterCount).Select(Series).ToArray();
        RHat = Array.ConvertAll(series, RankDiagnostics.RHat);
        BulkEffectiveSize = Array.ConvertAll(series, RankDiagnostics.BulkEffectiveSize);
        TailEffectiveSize = Array.ConvertAll(series, RankDiagnostics.TailEffectiveSize);
        Converged = Divergences == 0 && RHat.Max() <= options.LargestRHat
            && Math.Min(BulkEffectiveSize.Min(), TailEffectiveSize.Min()) >= FewestEffectiveDraws * Chains;
    }

    /// <summary>Number of parameters.</summary>
    public int ParameterCount { get; }

    /// <summary>Number of chains.</summary>
    public int Chains => draws.Length;

    /// <summary>Draws kept of each chain.</summary>
    public int DrawsPerChain => draws[0].Length / ParameterCount;

    /// <summary>Rank-normalised split R-hat of every parameter, see <see cref="RankDiagnostics.RHat"/>.</summary>
    public double[] RHat { get; }

    /// <summary>Effective draws for the centre of every parameter, see <see cref="RankDiagnostics.BulkEffectiveSize"/>.</summary>
    public double[] BulkEffectiveSize { get; }

    /// <summary>Effective draws for the 5 and 95 % quantiles of every parameter, see <see cref="RankDiagnostics.TailEffectiveSize"/>.</summary>
    public double[] TailEffectiveSize { get; }

    /// <summary>Kept draws whose trajectory ran away: places that the sampler could not follow. One is too many.</summary>
    public int Divergences { get; }

    /// <summary>Mean acceptance of the kept draws.</summary>
    public double MeanAcceptance { get; }

    /// <summary>Step size of every chain in deviations of the parameters.</summary>
    public double[] StepSizes { get; }

    /// <summary>Steps of all trajectories, warm-up included; each evaluates 2 x parameters + 1 points in one call.</summary>
    public long Steps { get; }

    /// <summary>No divergence, R-hat as asked for, and a hundred effective draws a chain in bulk and tails.</summary>
    public bool Converged { get; }

    /// <summary>The draws of one chain, row by row.</summary>
    public ReadOnlySpan<double> Chain(int index) => draws[index];

    /// <summary>Draws picked at random from all chains, each at most once.</summary>
    /// <param name="seed">Same seed, same draws.</param>
    /// <param name="count">Number of draws, at most chains x draws of each.</param>
    /// <returns>Points row by row.</returns>
    public double[] Draw(Seed seed, int count)
    {
        var total = Chains * DrawsPerChain;
        if (count < 0 || count > total) throw new ArgumentOutOfRangeException(nameof(count), count, $"the chains keep {total} draws: ask for as many at most");
        var order = Enumerable.Range(0, total).ToArray();
        seed.Stream().Shuffle(order.AsSpan());
        var picked = new double[count * ParameterCount];
        for (var i = 0; i < count; i++)
        {
            var (chain, draw) = Math.DivRem(order[i], DrawsPerChain);
            draws[chain].AsSpan(draw * ParameterCount, ParameterCount).CopyTo(picked.AsSpan(i * ParameterCount));
        }
        return picked;
    }

    /// <summary>Median, intervals, mean and standard deviation of every parameter over all draws.</summary>
    public ParameterSummary[] Summarize() => [.. Enumerable.Range(0, ParameterCount).Select(i => Quantiles.Summarize([.. Series(i).SelectMany(chain => chain)]))];

    private double[][] Series(int parameter) =>
        Array.ConvertAll(draws, chain => Enumerable.Range(0, DrawsPerChain).Select(i => chain[i * ParameterCount + parameter]).ToArray());
}
