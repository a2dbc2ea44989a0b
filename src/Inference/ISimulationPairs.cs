namespace ClusterSurvey.Inference;

/// <summary>
/// Pairs (theta, x) to learn from, read by position in any order, so that a set larger than memory can be behind it.
/// Implementations are safe for concurrent reading.
/// </summary>
public interface ISimulationPairs
{
    /// <summary>Number of pairs.</summary>
    int Count { get; }

    /// <summary>Number of parameters theta.</summary>
    int ParameterCount { get; }

    /// <summary>Number of data x.</summary>
    int DataCount { get; }

    /// <summary>Reads the pairs at <paramref name="rows"/> into row-by-row arrays.</summary>
    void Read(ReadOnlySpan<int> rows, Span<float> theta, Span<float> x);
}
