using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Inference;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Activities.Tables;

/// <summary>Pairs (theta, x) of Parquet files, a million of them in the memory of one row group.</summary>
public sealed class ParquetPairs : ISimulationPairs, IDisposable
{
    private readonly ScratchMatrix theta;
    private readonly ScratchMatrix? x;
    private readonly int[]? groups;

    /// <summary>Rows that share a random field (<see cref="SimulationTable.Fields"/>) are one group when theta has the columns of a set of simulations.</summary>
    /// <param name="thetaPath">The file with the parameters.</param>
    /// <param name="thetaColumns">Their columns, in order.</param>
    /// <param name="xPath">The file with the data; may be the same.</param>
    /// <param name="xColumns">Their columns, in order.</param>
    /// <param name="scratchFolder">Where the scratch files stand; the system's temporary folder by default.</param>
    /// <exception cref="BadInputException">A column is missing or not of finite numbers, or the files differ in rows.</exception>
    public ParquetPairs(string thetaPath, IReadOnlyList<string> thetaColumns, string xPath, IReadOnlyList<string> xColumns, string? scratchFolder = null)
    {
        var folder = scratchFolder ?? Path.GetTempPath();
        this.theta = new ScratchMatrix(thetaPath, thetaColumns, folder);
        var complete = false;
        try
        {
            this.x = new ScratchMatrix(xPath, xColumns, folder);
            if (this.theta.RowCount != this.x.RowCount) throw TablePairs.RowsDiffer(thetaPath, this.theta.RowCount, xPath, this.x.RowCount);
            if (thetaColumns.SequenceEqual(TurbulenceParameters.Names)) groups = SimulationTable.Fields(this.theta.RowCount, this.theta.Read);
            complete = true;
        }
        finally
        {
            if (!complete) Dispose();
        }
    }

    public int Count => this.theta.RowCount;

    public int ParameterCount => this.theta.ColumnCount;

    public int DataCount => this.x!.ColumnCount;

    public int Group(int row) => groups?[row] ?? row;

    public void Read(ReadOnlySpan<int> rows, Span<float> theta, Span<float> x)
    {
        TablePairs.CheckRead(this, rows, theta, x);
        for (var i = 0; i < rows.Length; i++)
        {
            this.theta.Read(rows[i], theta[(i * ParameterCount)..]);
            this.x!.Read(rows[i], x[(i * DataCount)..]);
        }
    }

    public void Dispose()
    {
        this.theta.Dispose();
        this.x?.Dispose();
    }
}
