namespace ClusterSurvey.Inference.Posteriors;

/// <summary>Quantiles and summaries of draws, weighted or not.</summary>
public static class Quantiles
{
    /// <summary>
    /// Quantiles by linear interpolation between the sorted draws, each at the middle of its own weight in the
    /// cumulative distribution; with equal weights this is definition 5 of Hyndman and Fan (1996).
    /// </summary>
    /// <param name="draws">The draws, finite, in any order.</param>
    /// <param name="weights">One weight a draw, not negative, not all zero; empty for equal weights.</param>
    /// <param name="probabilities">Probabilities between 0 and 1.</param>
    /// <exception cref="ArgumentException">No draws, lengths that differ, or weights and probabilities out of range.</exception>
    public static double[] Of(ReadOnlySpan<double> draws, ReadOnlySpan<double> weights, params ReadOnlySpan<double> probabilities)
    {
        var (sorted, cumulative) = Sort(draws, weights);
        var quantiles = new double[probabilities.Length];
        for (var i = 0; i < quantiles.Length; i++) quantiles[i] = Read(sorted, cumulative, probabilities[i]);
        return quantiles;
    }

    /// <summary>Median, intervals, mean and standard deviation of draws.</summary>
    /// <param name="draws">The draws, finite, in any order.</param>
    /// <param name="weights">One weight a draw; empty for equal weights.</param>
    public static ParameterSummary Summarize(ReadOnlySpan<double> draws, ReadOnlySpan<double> weights = default)
    {
        var (sorted, cumulative) = Sort(draws, weights);
        double mean = 0, square = 0, total = 0;
        for (var i = 0; i < draws.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            if (weight == 0) continue;
            total += weight;
            var difference = draws[i] - mean;
            // The first draw is divided by exactly one, so that a lone draw is its own mean, whatever its weight.
            mean += difference / (total / weight);
            square += weight * difference * (draws[i] - mean);
        }
        return ParameterSummary.Of(p => Read(sorted, cumulative, p), mean, Math.Sqrt(square / total));
    }

    /// <summary>Summaries of every column of draws row by row.</summary>
    /// <param name="draws">Points row by row, n x <paramref name="parameterCount"/>.</param>
    /// <param name="parameterCount">Number of columns.</param>
    public static ParameterSummary[] SummarizeColumns(ReadOnlySpan<double> draws, int parameterCount)
    {
        if (parameterCount < 1 || draws.Length % parameterCount != 0)
        {
            throw new ArgumentException($"{draws.Length} values are no rows of {parameterCount} columns", nameof(parameterCount));
        }
        var column = new double[draws.Length / parameterCount];
        var summaries = new ParameterSummary[parameterCount];
        for (var j = 0; j < parameterCount; j++)
        {
            for (var i = 0; i < column.Length; i++) column[i] = draws[i * parameterCount + j];
            summaries[j] = Summarize(column);
        }
        return summaries;
    }

    private static (double[] Sorted, double[] Cumulative) Sort(ReadOnlySpan<double> draws, ReadOnlySpan<double> weights)
    {
        if (draws.IsEmpty) throw new ArgumentException("no draws: quantiles need at least one", nameof(draws));
        if (!weights.IsEmpty && weights.Length != draws.Length) throw new ArgumentException($"{weights.Length} weights for {draws.Length} draws", nameof(weights));
        foreach (var draw in draws) if (!double.IsFinite(draw)) throw new ArgumentException($"a draw is {draw}: draws must be finite", nameof(draws));
        foreach (var weight in weights) if (!(weight >= 0) || double.IsInfinity(weight)) throw new ArgumentException($"a weight is {weight}: weights are finite and not negative", nameof(weights));
        var sorted = draws.ToArray();
        var cumulative = weights.IsEmpty ? Enumerable.Repeat(1.0, sorted.Length).ToArray() : weights.ToArray();
        Array.Sort(sorted, cumulative);
        var sum = 0.0;
        for (var i = 0; i < cumulative.Length; i++)
        {
            var weight = cumulative[i];
            cumulative[i] = sum + 0.5 * weight;
            sum += weight;
        }
        if (!(sum > 0)) throw new ArgumentException("all weights are zero", nameof(weights));
        for (var i = 0; i < cumulative.Length; i++) cumulative[i] /= sum;
        return (sorted, cumulative);
    }

    private static double Read(double[] sorted, double[] cumulative, double probability)
    {
        if (probability is not (>= 0 and <= 1)) throw new ArgumentException($"a probability is {probability}: it lies between 0 and 1", nameof(probability));
        var after = Array.BinarySearch(cumulative, probability);
        if (after < 0) after = ~after;
        if (after == 0) return sorted[0];
        if (after == sorted.Length) return sorted[^1];
        var width = cumulative[after] - cumulative[after - 1];
        var t = width > 0 ? (probability - cumulative[after - 1]) / width : 1;
        return sorted[after - 1] + t * (sorted[after] - sorted[after - 1]);
    }
}
