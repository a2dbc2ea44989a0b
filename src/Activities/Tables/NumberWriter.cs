namespace ClusterSurvey.Activities.Tables;

/// <summary>
/// Writes a Parquet table of f8 columns row by row with the memory of one row group. Nothing stands under the file's
/// name before <see cref="Complete"/>. The bytes depend on the rows alone, not on how they were handed over.
/// </summary>
public sealed class NumberWriter : IDisposable
{
    private readonly AtomicFile _file;
    private readonly ParquetGroupWriter _writer;
    private readonly TableColumn[] _columns;
    private readonly double[][] _buffers;
    private bool _wroteGroup;
    private bool _closed;
    private int _buffered;

    /// <param name="path">The file.</param>
    /// <param name="table">What it is, as in the metadata.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="units">Units by name; "1" where there is none.</param>
    public NumberWriter(string path, string table, IReadOnlyList<string> columns, IReadOnlyDictionary<string, string> units)
    {
        _buffers = [.. columns.Select(_ => new double[ParquetTable.GroupRows])];
        _columns = [.. columns.Select((name, i) => new TableColumn(name, units.GetValueOrDefault(name, "1"), _buffers[i]))];
        _file = new AtomicFile(path);
        _writer = new ParquetGroupWriter(_file.Stream, table, 1, _columns);
    }

    public void Append(ReadOnlySpan<double> row)
    {
        if (row.Length != _buffers.Length) throw new ArgumentException($"found {row.Length} values, expected {_buffers.Length}, one per column", nameof(row));
        for (var i = 0; i < row.Length; i++) _buffers[i][_buffered] = row[i];
        if (++_buffered == ParquetTable.GroupRows) WriteGroup();
    }

    /// <summary>Writes what is left and puts the file under its name.</summary>
    public void Complete()
    {
        if (_buffered > 0 || !_wroteGroup) WriteGroup();
        CloseWriter();
        _file.Commit();
    }

    public void Dispose()
    {
        CloseWriter();
        _file.Dispose();
    }

    private void WriteGroup()
    {
        _writer.WriteGroup([.. _columns.Select((column, i) => column with { Values = _buffers[i][.._buffered] })]);
        (_buffered, _wroteGroup) = (0, true);
    }

    private void CloseWriter()
    {
        if (!_closed) _writer.Dispose();
        _closed = true;
    }
}
