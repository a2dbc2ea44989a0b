namespace ClusterSurvey.Inference.Training;

/// <summary>Pairs held in two arrays, checked when they are handed in. The arrays are used as they are, not copied.</summary>
public sealed class InMemoryPairs : ISimulationPairs
{
    private readonly float[] theta, x;
    private readonly int[]? groups;

    /// <summary>Takes n parameters and n data, row by row.</summary>
    /// <param name="theta">Parameters, length n x <paramref name="parameterCount"/>.</param>
    /// <param name="x">Data, length n x <paramref name="dataCount"/>.</param>
    /// <param name="parameterCount">Number of parameters of a row.</param>
    /// <param name="dataCount">Number of data of a row.</param>
    /// <param name="groups">The group of each row (<see cref="ISimulationPairs.Group"/>); null when all rows are independent.</param>
    /// <exception cref="ArgumentException">The lengths do not match, or a number is not finite; the message names the row.</exception>
    public InMemoryPairs(float[] theta, float[] x, int parameterCount, int dataCount, int[]? groups = null)
    {
        ArgumentNullException.ThrowIfNull(theta);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parameterCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dataCount);
        (this.theta, this.x, ParameterCount, DataCount, this.groups) = (theta, x, parameterCount, dataCount, groups);
        Count = Rows(theta, parameterCount, nameof(theta));
        var rowsOfX = Rows(x, dataCount, nameof(x));
        if (rowsOfX != Count) throw new ArgumentException($"theta has {Count} rows and x has {rowsOfX}: a pair is one row of each", nameof(x));
        if (groups is not null && groups.Length != Count) throw new ArgumentException($"{groups.Length} groups for {Count} rows: each row has one", nameof(groups));
        PairsHash.RequireFinite(theta, parameterCount, 0, nameof(theta));
        PairsHash.RequireFinite(x, dataCount, 0, nameof(x));
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int ParameterCount { get; }

    /// <inheritdoc/>
    public int DataCount { get; }

    /// <inheritdoc/>
    public int Group(int row) => groups?[row] ?? row;

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> rows, Span<float> theta, Span<float> x)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            this.theta.AsSpan(rows[i] * ParameterCount, ParameterCount).CopyTo(theta[(i * ParameterCount)..]);
            this.x.AsSpan(rows[i] * DataCount, DataCount).CopyTo(x[(i * DataCount)..]);
        }
    }

    private static int Rows(float[] table, int width, string name)
    {
        if (table.Length % width != 0) throw new ArgumentException($"{name} has {table.Length} numbers, not a multiple of its {width} columns", name);
        return table.Length / width;
    }
}
