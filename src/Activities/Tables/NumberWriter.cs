namespace ClusterSurvey.Activities.Tables;

/// <summary>
/// Writes a Parquet table of f8 columns row by row with the memory of one row group. Nothing stands under the file's
/// name before <see cref="Complete"/>. The bytes depend on the rows alone, not on how they were handed over.
/// </summary>
public sealed class NumberWriter : IDisposable
{
    private readonly AtomicFile file;
    private readonly ParquetGroupWriter writer;
    private readonly TableColumn[] columns;
    private readonly double[][] buffers;
    private bool wroteGroup;
    private bool closed;
    private int buffered;

    /// <param name="path">The file.</param>
    /// <param name="table">What it is, as in the metadata.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="units">Units by name; "1" where there is none.</param>
    /// <param name="facts">What else the metadata say.</param>
    public NumberWriter(
        string path, string table, IReadOnlyList<string> columns, IReadOnlyDictionary<string, string> units, IReadOnlyDictionary<string, string>? facts = null)
    {
        buffers = [.. columns.Select(_ => new double[ParquetTable.GroupRows])];
        this.columns = [.. columns.Select((name, i) => new TableColumn(name, units.GetValueOrDefault(name, "1"), buffers[i]))];
        file = new AtomicFile(path);
        writer = new ParquetGroupWriter(file.Stream, table, 1, this.columns, facts);
    }

    public void Append(ReadOnlySpan<double> row)
    {
        if (row.Length != buffers.Length) throw new ArgumentException($"found {row.Length} values, expected {buffers.Length}, one per column", nameof(row));
        for (var i = 0; i < row.Length; i++) buffers[i][buffered] = row[i];
        if (++buffered == ParquetTable.GroupRows) WriteGroup();
    }

    /// <summary>Writes what is left and puts the file under its name.</summary>
    public void Complete()
    {
        if (buffered > 0 || !wroteGroup) WriteGroup();
        CloseWriter();
        file.Commit();
    }

    public void Dispose()
    {
        CloseWriter();
        file.Dispose();
    }

    private void WriteGroup()
    {
        writer.WriteGroup([.. this.columns.Select((column, i) => column with { Values = buffers[i][..buffered] })]);
        (buffered, wroteGroup) = (0, true);
    }

    private void CloseWriter()
    {
        if (!closed) writer.Dispose();
        closed = true;
    }
}
