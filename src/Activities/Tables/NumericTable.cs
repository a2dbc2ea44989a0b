namespace ClusterSurvey.Activities.Tables;

/// <summary>A table of finite numbers with named columns, row by row.</summary>
public sealed record NumericTable
{
    public NumericTable(IReadOnlyList<string> columns, double[] values)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(values);
        if (columns.Count == 0 || values.Length % columns.Count != 0)
            throw new ArgumentException($"found {values.Length} values for {columns.Count} columns, expected whole rows", nameof(values));
        (Columns, Values) = (columns, values);
    }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>All numbers, row by row.</summary>
    public double[] Values { get; }

    public int ColumnCount => Columns.Count;

    public int RowCount => Values.Length / Columns.Count;

    public double this[int row, int column] => Values[(row * ColumnCount) + column];

    public ReadOnlySpan<double> Row(int row) => Values.AsSpan(row * ColumnCount, ColumnCount);

    /// <summary>The same rows with only these columns, in this order.</summary>
    public NumericTable Select(IReadOnlyList<int> columns)
    {
        var values = new double[RowCount * columns.Count];
        for (var row = 0; row < RowCount; row++)
        {
            for (var i = 0; i < columns.Count; i++) values[(row * columns.Count) + i] = this[row, columns[i]];
        }
        return new NumericTable([.. columns.Select(column => Columns[column])], values);
    }

    /// <summary>Names for the columns of a file that has none: c0, c1, ...</summary>
    internal static string[] Unnamed(int count) => [.. Enumerable.Range(0, count).Select(i => $"c{i}")];
}
