using System.Runtime.InteropServices;

namespace ClusterSurvey.Activities.Tables;

/// <summary>
/// Some columns of a Parquet file as single-precision rows in a nameless scratch file: Parquet is read in row groups,
/// training reads rows in random order. Memory is one row group, whatever the number of rows; the operating system
/// keeps in its cache what fits. The scratch file disappears with the object, or with the process.
/// </summary>
internal sealed class ScratchMatrix : IDisposable
{
    private readonly FileStream file;

    public ScratchMatrix(string parquetPath, IReadOnlyList<string> columns, string scratchFolder)
    {
        ColumnCount = columns.Count;
        Directory.CreateDirectory(scratchFolder);
        var name = Path.Combine(scratchFolder, $"pairs-{Environment.ProcessId}-{Path.GetRandomFileName()}");
        file = new FileStream(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.RandomAccess);
        var complete = false;
        try
        {
            ParquetTable.ForEachGroup(parquetPath, columns, Append);
            file.Flush();
            complete = true;
        }
        finally
        {
            if (!complete) file.Dispose();
        }
    }

    public int ColumnCount { get; }

    public int RowCount { get; private set; }

    /// <summary>Safe to call from several threads at once.</summary>
    public void Read(int row, Span<float> values)
    {
        var bytes = MemoryMarshal.AsBytes(values[..ColumnCount]);
        var offset = (long)row * bytes.Length;
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, bytes[done..], offset + done);
            if (read == 0) throw new EndOfStreamException($"the scratch file of simulation pairs ends before row {row}");
            done += read;
        }
    }

    public void Dispose() => file.Dispose();

    private void Append(double[] block, int rows)
    {
        var singles = new float[rows * ColumnCount];
        for (var i = 0; i < singles.Length; i++) singles[i] = (float)block[i];
        file.Write(MemoryMarshal.AsBytes(singles.AsSpan()));
        RowCount += rows;
    }
}
