namespace ClusterSurvey.Activities.Report;

/// <summary>A marginal posterior in five numbers: its median and its central 68 and 95 % intervals.</summary>
public readonly record struct PosteriorSummary(double Median, double Low68, double High68, double Low95, double High95)
{
    /// <summary>The summary of equally weighted draws: quantiles 0.5, 0.16, 0.84, 0.025 and 0.975, linear between order statistics.</summary>
    public static PosteriorSummary FromDraws(ReadOnlySpan<double> draws)
    {
        if (draws.IsEmpty) throw new ArgumentException("a posterior summary needs at least one draw, found none", nameof(draws));
        var sorted = draws.ToArray();
        Array.Sort(sorted);
        return new(Quantile(sorted, 0.5), Quantile(sorted, 0.16), Quantile(sorted, 0.84), Quantile(sorted, 0.025), Quantile(sorted, 0.975));
    }

    /// <summary>The same summary of a monotonically rising function of the quantity.</summary>
    public PosteriorSummary Select(Func<double, double> rising) =>
        new(rising(Median), rising(Low68), rising(High68), rising(Low95), rising(High95));

    /// <summary>Whether a value lies in the central 68 % interval.</summary>
    public bool Covers68(double value) => value >= Low68 && value <= High68;

    /// <summary>Whether a value lies in the central 95 % interval.</summary>
    public bool Covers95(double value) => value >= Low95 && value <= High95;

    /// <summary>Whether all five numbers can be shown.</summary>
    public bool IsFinite => double.IsFinite(Median + Low68 + High68 + Low95 + High95);

    private static double Quantile(double[] sorted, double probability)
    {
        var position = probability * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
