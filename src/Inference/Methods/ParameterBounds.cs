using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Methods;

/// <summary>The region in which a prior puts parameters: for each an interval, a half-line or the whole line.</summary>
public sealed class ParameterBounds
{
    /// <summary>Takes the ends of the intervals.</summary>
    /// <param name="low">Lower ends, negative infinity for a parameter without.</param>
    /// <param name="high">Upper ends, infinity for a parameter without.</param>
    /// <exception cref="ArgumentException">The lengths differ, or an interval is empty.</exception>
    public ParameterBounds(double[] low, double[] high)
    {
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(high);
        if (low.Length != high.Length) throw new ArgumentException($"parameter bounds: {low.Length} lower and {high.Length} upper ends", nameof(high));
        for (var j = 0; j < low.Length; j++)
        {
            if (!(low[j] < high[j]) || double.IsPositiveInfinity(low[j]) || double.IsNegativeInfinity(high[j]))
                throw new ArgumentException($"parameter bounds: parameter {j} lies between {low[j]} and {high[j]}; low is below high", nameof(low));
        }
        (Low, High) = (low, high);
    }

    /// <summary>Lower ends.</summary>
    public double[] Low { get; }

    /// <summary>Upper ends.</summary>
    public double[] High { get; }

    /// <summary>Number of parameters.</summary>
    public int Count => Low.Length;

    /// <summary>Where a prior has its support.</summary>
    public static ParameterBounds Of(Prior prior)
    {
        ArgumentNullException.ThrowIfNull(prior);
        return new([.. prior.Parameters.Select(p => p.Distribution.Low)], [.. prior.Parameters.Select(p => p.Distribution.High)]);
    }

    /// <summary>No bounds at all.</summary>
    /// <param name="parameterCount">Number of parameters.</param>
    public static ParameterBounds None(int parameterCount) =>
        new([.. Enumerable.Repeat(double.NegativeInfinity, parameterCount)], [.. Enumerable.Repeat(double.PositiveInfinity, parameterCount)]);
}
