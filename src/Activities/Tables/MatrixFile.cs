using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Tables;

/// <summary>
/// Tables of numbers in whatever form they come: .npy and Parquet are known by their first bytes, anything else is
/// CSV. A .npy array of one dimension is one column.
/// </summary>
public static class MatrixFile
{
    /// <exception cref="BadInputException">The file cannot be read as a table of finite numbers.</exception>
    public static NumericTable Read(string path) => Kind(path) switch
    {
        MatrixKind.Npy => FromArray(Npy.Read(path), path),
        MatrixKind.Parquet => ParquetTable.ReadNumbers(path),
        _ => NumericCsv.Read(path),
    };

    /// <summary>Writes CSV, .npy (f8) or Parquet by the extension of the name.</summary>
    /// <exception cref="BadInputException">Another extension.</exception>
    public static void Write(string path, NumericTable table)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".csv": NumericCsv.Write(path, table); break;
            case ".npy": Npy.Write(path, table.Values, table.RowCount, table.ColumnCount); break;
            case ".parquet": ParquetTable.WriteNumbers(path, table); break;
            default: throw new BadInputException(path, $"the extension '{Path.GetExtension(path)}'", ".csv, .npy or .parquet", "give the output file one of these extensions");
        }
    }

    internal static MatrixKind Kind(string path)
    {
        using var stream = InputFiles.Open(path);
        Span<byte> start = stackalloc byte[6];
        start.Clear();
        stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (start.SequenceEqual(NpyHeader.Magic)) return MatrixKind.Npy;
        if (start[..4].SequenceEqual("PAR1"u8)) return MatrixKind.Parquet;
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension is ".npy" or ".parquet") throw new BadInputException(path, "other first bytes than the extension promises", extension == ".npy" ? "the .npy magic bytes" : "PAR1", "the file is damaged or misnamed: write it again");
        return MatrixKind.Csv;
    }

    private static NumericTable FromArray(NumericArray array, string path)
    {
        if (array.Shape.Length > 2 || array.Shape.Length == 2 && array.Shape[1] == 0)
            throw new BadInputException(path, $"an array of shape {array}", "rows x columns", "save one table, array.reshape(rows, columns)");
        var columns = array.Shape.Length == 1 ? 1 : array.Shape[1];
        var bad = Array.FindIndex(array.Values, value => !double.IsFinite(value));
        if (bad >= 0) throw new BadInputException($"{path} row {bad / columns} column {bad % columns}", CsvText.Number(array.Values[bad]), "finite numbers", "remove the row");
        return new NumericTable(NumericTable.Unnamed(columns), array.Values);
    }
}

internal enum MatrixKind
{
    Csv,
    Npy,
    Parquet,
}
