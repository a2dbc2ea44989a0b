using System.Globalization;
using System.IO.Compression;
using ClusterSurvey.Activities.Problems;
using Parquet;

namespace ClusterSurvey.Activities.Tables;

/// <summary>
/// Parquet files: Zstd, units in the file's metadata (unit.COLUMN), identical bytes for identical content, written
/// whole or not at all. Tables of numbers are also read from files of other programs.
/// </summary>
public static class ParquetTable
{
    /// <summary>Rows of a row group: what is held in memory when a table is streamed.</summary>
    internal const int GroupRows = 8192;

    /// <summary>A smaller file cannot hold the rows that it claims, short of constants repeated without end.</summary>
    private const long MostRowsPerByte = 10_000;

    // Stronger levels took ten times as long on simulations and draws and saved nothing.
    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest };

    /// <summary>Writes a table; all columns have the same number of rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="table">What it is, as in the metadata: "spectra".</param>
    /// <param name="version">Version of its columns.</param>
    /// <param name="columns">The columns.</param>
    public static void Write(string path, string table, int version, IReadOnlyList<TableColumn> columns) =>
        AtomicFile.Write(path, stream => Write(stream, table, version, columns));

    public static void Write(Stream stream, string table, int version, IReadOnlyList<TableColumn> columns)
    {
        var rows = columns.Count == 0 ? 0 : columns[0].Values.Length;
        if (columns.FirstOrDefault(column => column.Values.Length != rows) is { } ragged)
            throw new ArgumentException($"found {ragged.Values.Length} values in column '{ragged.Name}', expected {rows} as in the first", nameof(columns));
        using var writer = new ParquetGroupWriter(stream, table, version, columns);
        // A table without rows still has a row group: some readers want one.
        writer.WriteGroup(columns);
    }

    /// <summary>Reads every column as it was written: the type of the array says whether values may be missing.</summary>
    /// <exception cref="BadInputException">Not a Parquet file, a damaged one, or a column of a kind that is not read.</exception>
    public static (string Table, int Version, IReadOnlyList<TableColumn> Columns) Read(string path)
    {
        using var file = ParquetInput.Open(path);
        var metadata = file.Metadata;
        _ = int.TryParse(metadata.GetValueOrDefault(ParquetGroupWriter.VersionKey), NumberStyles.None, CultureInfo.InvariantCulture, out var version);
        var columns = file.Fields.Select(field => new TableColumn(field.Name, metadata.GetValueOrDefault($"unit.{field.Name}", ""), file.ReadColumn(field)));
        return (metadata.GetValueOrDefault(ParquetGroupWriter.TableKey, ""), version, [.. columns]);
    }

    /// <summary>Writes a table of numbers.</summary>
    public static void WriteNumbers(string path, NumericTable table)
    {
        using var writer = new NumberWriter(path, "numbers", table.Columns, new Dictionary<string, string>());
        for (var row = 0; row < table.RowCount; row++) writer.Append(table.Row(row));
        writer.Complete();
    }

    /// <summary>Reads a table of numbers whole; missing and non-finite values are errors.</summary>
    public static NumericTable ReadNumbers(string path)
    {
        var columns = NumberColumns(path);
        var (values, at) = (new double[(long)columns.RowCount * columns.Names.Count], 0);
        ForEachGroup(path, columns.Names, (block, rows) =>
        {
            block.AsSpan(0, rows * columns.Names.Count).CopyTo(values.AsSpan(at));
            at += rows * columns.Names.Count;
        });
        return new NumericTable(columns.Names, values);
    }

    /// <summary>The columns of a table, all of numbers, and its number of rows, without reading them.</summary>
    internal static (IReadOnlyList<string> Names, int RowCount) NumberColumns(string path)
    {
        using var file = ParquetInput.Open(path);
        var problems = file.Fields.Where(field => !ParquetInput.IsNumber(field))
            .Select(field => new Problem($"{path} column '{field.Name}'", $"values of type {field.ClrType.Name}", "numbers", "write a file with columns of numbers only")).ToList();
        if (file.Fields.Count == 0) problems.Add(new Problem(path, "no columns", "columns of numbers", "write the file again"));
        if (problems.Count > 0) throw new BadInputException(problems);
        return ([.. file.Fields.Select(field => field.Name)], file.RowCount);
    }

    /// <summary>Hands over the rows group by group, row by row in one reused array, so that memory does not grow with the file.</summary>
    /// <exception cref="BadInputException">A column is missing, or a value is not a finite number.</exception>
    public static void ForEachGroup(string path, IReadOnlyList<string> columns, Action<double[], int> use)
    {
        using var file = ParquetInput.Open(path);
        var (block, column, first) = (Array.Empty<double>(), Array.Empty<double>(), 0L);
        for (var group = 0; group < file.GroupCount; group++)
        {
            var rows = file.GroupRows(group);
            if (block.Length < rows * columns.Count) (block, column) = (new double[rows * columns.Count], new double[rows]);
            for (var c = 0; c < columns.Count; c++)
            {
                file.ReadNumbers(group, columns[c], column.AsSpan(0, rows), first);
                for (var row = 0; row < rows; row++) block[(row * columns.Count) + c] = column[row];
            }
            use(block, rows);
            first += rows;
        }
    }

    internal static ParquetOptions WriteOptions => Options;

    internal static bool CanHold(long fileLength, long rows) => rows >= 0 && rows <= Math.Min(Array.MaxLength, fileLength * MostRowsPerByte);
}
