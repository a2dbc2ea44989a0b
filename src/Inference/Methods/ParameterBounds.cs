namespace ClusterSurvey.Inference.Methods;

/// <summary>The region in which a prior puts parameters: an interval each, or the whole line.</summary>
public sealed class ParameterBounds
{
    /// <summary>Takes the ends of the intervals.</summary>
    /// <param name="low">Lower ends, negative infinity for a parameter without bounds.</param>
    /// <param name="high">Upper ends, infinity for a parameter without bounds.</param>
    /// <exception cref="ArgumentException">The lengths differ, an interval is empty, or a parameter has one bound only.</exception>
    public ParameterBounds(double[] low, double[] high)
    {
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(high);
        if (low.Length != high.Length) throw new ArgumentException($"parameter bounds: {low.Length} lower and {high.Length} upper ends", nameof(high));
        for (var j = 0; j < low.Length; j++)
        {
            var bounded = double.IsFinite(low[j]) && double.IsFinite(high[j]) && low[j] < high[j];
            var free = double.IsNegativeInfinity(low[j]) && double.IsPositiveInfinity(high[j]);
            if (!bounded && !free) throw new ArgumentException($"parameter bounds: parameter {j} lies between {low[j]} and {high[j]}; it has two finite bounds, low below high, or none", nameof(low));
        }
        (Low, High) = (low, high);
    }

    /// <summary>Lower ends.</summary>
    public double[] Low { get; }

    /// <summary>Upper ends.</summary>
    public double[] High { get; }

    /// <summary>Number of parameters.</summary>
    public int Count => Low.Length;

    /// <summary>No bounds at all.</summary>
    /// <param name="parameterCount">Number of parameters.</param>
    public static ParameterBounds None(int parameterCount) =>
        new([.. Enumerable.Repeat(double.NegativeInfinity, parameterCount)], [.. Enumerable.Repeat(double.PositiveInfinity, parameterCount)]);
}
