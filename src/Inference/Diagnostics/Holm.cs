namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>The step-down correction of Holm (1979) for several tests at once.</summary>
public static class Holm
{
    /// <summary>
    /// Adjusted probabilities: rejecting those below alpha keeps the chance of any false rejection below alpha, however the
    /// tests depend on each other.
    /// </summary>
    public static double[] Adjust(ReadOnlySpan<double> pValues)
    {
        var sorted = pValues.ToArray();
        var order = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, order);
        var adjusted = new double[sorted.Length];
        var largest = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            largest = Math.Max(largest, Math.Min(1, (sorted.Length - i) * sorted[i]));
            adjusted[order[i]] = largest;
        }
        return adjusted;
    }
}
