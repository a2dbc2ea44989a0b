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

    /// <summary>
    /// The group of a row. Rows of one group are not independent of each other, for example because they share a random field:
    /// training holds them out together, or the held-out rows would be half known. The numbers mean nothing beyond being equal
    /// or not. By default every row is a group of its own.
    /// </summary>
    int Group(int row) => row;

    /// <summary>Reads the pairs at <paramref name="rows"/> into row-by-row arrays.</summary>
    void Read(ReadOnlySpan<int> rows, Span<float> theta, Span<float> x);
}
