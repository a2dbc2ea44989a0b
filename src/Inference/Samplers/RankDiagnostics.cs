using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>
/// Convergence of independent chains by their ranks (Vehtari, Gelman, Simpson, Carpenter and Buerkner 2021): valid for any distribution,
/// without moments or with heavy tails. Every chain is cut into halves, so that a drift is seen too.
/// </summary>
public static class RankDiagnostics
{
    /// <summary>
    /// R-hat of the normal scores of the ranks, or of those of the distances from the median when that is larger: chains that agree
    /// in the middle and not in width are seen.
    /// </summary>
    /// <param name="chains">One number's series in every chain, of equal lengths, 8 or more.</param>
    /// <returns>1 for chains that agree; above 1.01 they have not mixed.</returns>
    /// <exception cref="ArgumentException">No chain, or lengths that differ or are below 8.</exception>
    public static double RHat(double[][] chains)
    {
        var halves = Halves(chains);
        var sorted = halves.SelectMany(half => half).Order().ToArray();
        var median = 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
        var folded = Array.ConvertAll(halves, half => Array.ConvertAll(half, value => Math.Abs(value - median)));
        return Math.Max(PlainRHat(NormalScores(halves)), PlainRHat(NormalScores(folded)));
    }

    /// <summary>Effective draws for the centre of the distribution: of the normal scores of the ranks.</summary>
    /// <inheritdoc cref="RHat"/>
    /// <returns>Independent draws that would be worth as much.</returns>
    public static double BulkEffectiveSize(double[][] chains) => EffectiveSize(NormalScores(Halves(chains)));

    /// <summary>Effective draws for the tails: the smaller of those of being below the 5 and the 95 % quantile.</summary>
    /// <inheritdoc cref="RHat"/>
    /// <returns>Independent draws that would be worth as much.</returns>
    public static double TailEffectiveSize(double[][] chains)
    {
        var halves = Halves(chains);
        var sorted = halves.SelectMany(half => half).Order().ToArray();
        double Below(double probability)
        {
            var quantile = sorted[(int)(probability * (sorted.Length - 1))];
            return EffectiveSize(Array.ConvertAll(halves, half => Array.ConvertAll(half, value => value <= quantile ? 1.0 : 0.0)));
        }
        return Math.Min(Below(0.05), Below(0.95));
    }

    /// <summary>
    /// Draws over the integrated autocorrelation time, whose sum ends where pairs of neighbouring autocorrelations are no longer positive
    /// and is made monotone (Geyer 1992). Chains that disagree have long memories.
    /// </summary>
    private static double EffectiveSize(double[][] chains)
    {
        int length = chains[0].Length, count = chains.Length;
        var means = Array.ConvertAll(chains, chain => chain.Average());
        var within = Enumerable.Range(0, count).Average(c => Autocovariance(chains[c], means[c], 0) * length / (length - 1.0));
        var total = within * (length - 1.0) / length + Variance(means);
        if (total == 0) return double.NaN;
        double Correlation(int lag) => 1 - (within - Enumerable.Range(0, count).Average(c => Autocovariance(chains[c], means[c], lag))) / total;
        double sum = 0, smallest = double.PositiveInfinity;
        for (var lag = 0; lag + 1 < length - 3; lag += 2)
        {
            var pair = (lag == 0 ? 1 : Correlation(lag)) + Correlation(lag + 1);
            if (!(pair > 0)) break;
            smallest = Math.Min(smallest, pair);
            sum += smallest;
        }
        // Chains that swing about their mean are worth more than independent draws, but an estimate of that is capped.
        var time = Math.Max(2 * sum - 1, 1 / Math.Log10((double)count * length));
        return count * length / time;
    }

    private static double PlainRHat(double[][] chains)
    {
        var length = (double)chains[0].Length;
        var means = Array.ConvertAll(chains, chain => chain.Average());
        var within = chains.Average(Variance);
        var between = Variance(means);
        return within == 0 ? (between == 0 ? 1 : double.PositiveInfinity) : Math.Sqrt((length - 1) / length + between / within);
    }

    private static double[][] Halves(double[][] chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        if (chains.Length == 0 || chains[0].Length < 8) throw new ArgumentException("ranks need a chain of 8 draws or more", nameof(chains));
        if (chains.Any(chain => chain.Length != chains[0].Length)) throw new ArgumentException("the chains differ in length", nameof(chains));
        var half = chains[0].Length / 2;
        return [.. chains.SelectMany(chain => (double[][])[chain[..half], chain[^half..]])];
    }

    // The rank r among n becomes the normal quantile of (r - 3/8) / (n + 1/4); equal values share their mean rank.
    private static double[][] NormalScores(double[][] chains)
    {
        var length = chains[0].Length;
        var values = chains.SelectMany(chain => chain).ToArray();
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort([.. values], order);
        var scores = Array.ConvertAll(chains, _ => new double[length]);
        for (int first = 0, end; first < order.Length; first = end)
        {
            for (end = first + 1; end < order.Length && values[order[end]] == values[order[first]];) end++;
            var score = StandardNormal.Quantile((0.5 * (first + end + 1) - 0.375) / (order.Length + 0.25));
            for (var i = first; i < end; i++) scores[order[i] / length][order[i] % length] = score;
        }
        return scores;
    }

    private static double Autocovariance(double[] chain, double mean, int lag)
    {
        var sum = 0.0;
        for (var i = lag; i < chain.Length; i++) sum += (chain[i] - mean) * (chain[i - lag] - mean);
        return sum / chain.Length;
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
