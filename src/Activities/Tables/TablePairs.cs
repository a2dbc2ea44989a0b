using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Inference;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Activities.Tables;

/// <summary>Pairs (theta, x) in memory, and the door to those in files.</summary>
public sealed class TablePairs : ISimulationPairs
{
    private readonly float[] theta;
    private readonly float[] x;
    private readonly int[]? groups;

    /// <summary>Rows that share a random field (<see cref="SimulationTable.Fields"/>) are one group when theta has the columns of a set of simulations.</summary>
    /// <exception cref="ArgumentException">The tables differ in rows.</exception>
    public TablePairs(NumericTable theta, NumericTable x)
    {
        if (theta.RowCount != x.RowCount) throw new ArgumentException($"found {x.RowCount} rows of data, expected {theta.RowCount} as of parameters", nameof(x));
        (Count, ParameterCount, DataCount) = (theta.RowCount, theta.ColumnCount, x.ColumnCount);
        (this.theta, this.x) = (Array.ConvertAll(theta.Values, value => (float)value), Array.ConvertAll(x.Values, value => (float)value));
        if (theta.Columns.SequenceEqual(TurbulenceParameters.Names)) groups = SimulationTable.Fields(Count, (row, values) => this.theta.AsSpan(row * ParameterCount, ParameterCount).CopyTo(values));
    }

    public int Count { get; }

    public int ParameterCount { get; }

    public int DataCount { get; }

    public int Group(int row) => groups?[row] ?? row;

    /// <summary>
    /// Opens the two files of a command line. Parquet is streamed; other tables are held in memory. When both names are
    /// one Parquet table of simulations, theta is its parameters and x its summaries s_*. Dispose what is disposable.
    /// </summary>
    /// <exception cref="BadInputException">A file cannot be read, or they differ in rows.</exception>
    public static ISimulationPairs Open(string thetaPath, string xPath, string? scratchFolder = null)
    {
        if (MatrixFile.Kind(thetaPath) == MatrixKind.Parquet && MatrixFile.Kind(xPath) == MatrixKind.Parquet)
        {
            var (theta, x) = Columns(thetaPath, xPath);
            return new ParquetPairs(thetaPath, theta, xPath, x, scratchFolder);
        }
        var (parameters, data) = (MatrixFile.Read(thetaPath), MatrixFile.Read(xPath));
        return parameters.RowCount == data.RowCount ? new TablePairs(parameters, data) : throw RowsDiffer(thetaPath, parameters.RowCount, xPath, data.RowCount);
    }

    public void Read(ReadOnlySpan<int> rows, Span<float> theta, Span<float> x)
    {
        CheckRead(this, rows, theta, x);
        for (var i = 0; i < rows.Length; i++)
        {
            this.theta.AsSpan(rows[i] * ParameterCount, ParameterCount).CopyTo(theta[(i * ParameterCount)..]);
            this.x.AsSpan(rows[i] * DataCount, DataCount).CopyTo(x[(i * DataCount)..]);
        }
    }

    internal static void CheckRead(ISimulationPairs pairs, ReadOnlySpan<int> rows, ReadOnlySpan<float> theta, ReadOnlySpan<float> x)
    {
        if (theta.Length < (long)rows.Length * pairs.ParameterCount) throw new ArgumentException($"found room for {theta.Length} parameters, expected {rows.Length} x {pairs.ParameterCount}", nameof(theta));
        if (x.Length < (long)rows.Length * pairs.DataCount) throw new ArgumentException($"found room for {x.Length} data, expected {rows.Length} x {pairs.DataCount}", nameof(x));
        foreach (var row in rows)
        {
            if ((uint)row >= (uint)pairs.Count) throw new ArgumentOutOfRangeException(nameof(rows), $"found row {row}, expected 0 to {pairs.Count - 1}");
        }
    }

    internal static BadInputException RowsDiffer(string thetaPath, int thetaRows, string xPath, int xRows) =>
        new(xPath, $"{xRows} rows", $"{thetaRows} as in {thetaPath}", "row i of both files belongs to simulation i: name files of one set");

    private static (IReadOnlyList<string> Theta, IReadOnlyList<string> X) Columns(string thetaPath, string xPath)
    {
        var (theta, x) = (ParquetTable.NumberColumns(thetaPath).Names, ParquetTable.NumberColumns(xPath).Names);
        if (Path.GetFullPath(thetaPath) != Path.GetFullPath(xPath)) return (theta, x);
        string[] parameters = [.. theta.Where(column => !SimulationTable.IsSummary(column))];
        string[] summaries = [.. x.Where(SimulationTable.IsSummary)];
        if (parameters.Length == 0 || summaries.Length == 0)
            throw new BadInputException(thetaPath, $"{parameters.Length} parameter columns and {summaries.Length} summary columns s_*", "both, when theta and x are one file", "name two files, or a table of simulations");
        return (parameters, summaries);
    }
}
