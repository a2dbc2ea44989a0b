using ClusterSurvey.Activities.Problems;
using Parquet;
using Parquet.Schema;

namespace ClusterSurvey.Activities.Tables;

/// <summary>
/// An open Parquet file of flat columns. The one place that waits for Parquet.Net's asynchronous reader, and that
/// turns what it throws on damaged files into a problem of the input.
/// </summary>
internal sealed class ParquetInput : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;
    private readonly ParquetReader reader;

    private ParquetInput(string path, FileStream stream, ParquetReader reader)
    {
        (this.path, this.stream, this.reader) = (path, stream, reader);
        Fields = Guard(() => this.reader.Schema.Fields.Select(field => field as DataField ?? throw NotFlat(field)).ToArray());
        foreach (var field in Fields.Where(field => field.IsArray)) throw NotFlat(field);
        var rows = Guard(() => Enumerable.Range(0, GroupCount).Sum(group => checked((long)GroupRows(group))));
        if (!ParquetTable.CanHold(stream.Length, rows)) throw TooManyRows(rows);
        RowCount = (int)rows;
    }

    public IReadOnlyList<DataField> Fields { get; }

    public int RowCount { get; }

    public int GroupCount => this.reader.RowGroupCount;

    public IReadOnlyDictionary<string, string> Metadata => this.reader.CustomMetadata;

    public static ParquetInput Open(string path)
    {
        var stream = InputFiles.Open(path);
        try
        {
            return new ParquetInput(path, stream, Guard(path, () => ParquetReader.CreateAsync(stream).GetAwaiter().GetResult()));
        }
        catch (BadInputException)
        {
            stream.Dispose();
            throw;
        }
    }

    public int GroupRows(int group)
    {
        var rows = this.reader.RowGroups[group].RowCount;
        return ParquetTable.CanHold(this.stream.Length, rows) ? (int)rows : throw TooManyRows(rows);
    }

    public static bool IsNumber(DataField field) =>
        field.ClrType == typeof(double) || field.ClrType == typeof(float) || field.ClrType == typeof(int) || field.ClrType == typeof(long)
        || field.ClrType == typeof(short) || field.ClrType == typeof(byte) || field.ClrType == typeof(bool);

    /// <summary>The finite numbers of one column in one row group.</summary>
    public void ReadNumbers(int group, string column, Span<double> values, long firstRow)
    {
        var field = Fields.FirstOrDefault(field => field.Name == column)
            ?? throw new BadInputException(this.path, $"no column '{column}'", $"one of {string.Join(", ", Fields.Select(field => field.Name))}", "name a column of the file");
        var read = Read(group, field);
        for (var row = 0; row < values.Length; row++)
        {
            var number = read.GetValue(row) is { } value ? Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) : double.NaN;
            if (!double.IsFinite(number))
                throw new BadInputException($"{this.path} row {firstRow + row} column '{column}'", read.GetValue(row) is null ? "a missing value" : CsvText.Number(number), "a finite number", "remove the row, or leave the column out");
            values[row] = number;
        }
    }

    /// <summary>All row groups of a column in one array.</summary>
    public Array ReadColumn(DataField field)
    {
        var parts = Enumerable.Range(0, GroupCount).Select(group => Read(group, field)).ToList();
        if (parts.Count == 1) return parts[0];
        var whole = Array.CreateInstance(parts.Count == 0 ? field.ClrType : parts[0].GetType().GetElementType()!, RowCount);
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(whole, at);
            at += part.Length;
        }
        return whole;
    }

    public void Dispose()
    {
        this.reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        this.stream.Dispose();
    }

    private Array Read(int group, DataField field) => field.ClrType switch
    {
        var type when type == typeof(string) || type == typeof(ReadOnlyMemory<char>) => ReadTexts(group, field),
        var type when type == typeof(double) => Read<double>(group, field),
        var type when type == typeof(float) => Read<float>(group, field),
        var type when type == typeof(int) => Read<int>(group, field),
        var type when type == typeof(long) => Read<long>(group, field),
        var type when type == typeof(short) => Read<short>(group, field),
        var type when type == typeof(byte) => Read<byte>(group, field),
        var type when type == typeof(bool) => Read<bool>(group, field),
        _ => throw new BadInputException($"{this.path} column '{field.Name}'", $"values of type {field.ClrType.Name}", "text, numbers or truth values", "leave the column out"),
    };

    private Array Read<T>(int group, DataField field) where T : struct
    {
        var rows = GroupRows(group);
        return Guard<Array>(() =>
        {
            using var reader = this.reader.OpenRowGroupReader(group);
            if (!field.IsNullable)
            {
                var plain = new T[rows];
                reader.ReadAsync(field, plain.AsMemory()).AsTask().GetAwaiter().GetResult();
                return plain;
            }
            var sparse = new T?[rows];
            reader.ReadAsync(field, sparse.AsMemory()).AsTask().GetAwaiter().GetResult();
            return sparse;
        });
    }

    private string?[] ReadTexts(int group, DataField field)
    {
        var texts = new string?[GroupRows(group)];
        return Guard(() =>
        {
            using var reader = this.reader.OpenRowGroupReader(group);
            reader.ReadAsync(field, texts!.AsMemory()).AsTask().GetAwaiter().GetResult();
            return texts;
        });
    }

    private T Guard<T>(Func<T> read) => Guard(this.path, read);

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (IsDamage(failure))
        {
            throw new BadInputException(path, $"a damaged Parquet file ({failure.Message})", "a Parquet file of flat columns", "write or copy the file again", failure);
        }
    }

    /// <summary>What Parquet.Net was seen to throw on files whose bytes were changed at random.</summary>
    private static bool IsDamage(Exception failure) =>
        failure is ParquetException or IOException or InvalidDataException or ArithmeticException or ArgumentException or IndexOutOfRangeException
            or NotSupportedException or InvalidOperationException or NullReferenceException or FormatException or KeyNotFoundException
            or InvalidCastException or NotImplementedException or OutOfMemoryException or AggregateException
        || failure.GetType().Namespace is { } space && (space.StartsWith("Parquet", StringComparison.Ordinal) || space.StartsWith("ZstdSharp", StringComparison.Ordinal) || space.StartsWith("Snappier", StringComparison.Ordinal));

    private BadInputException NotFlat(Field field) => new($"{this.path} column '{field.Name}'", "nested values", "flat columns", "write one value per row and column");

    private BadInputException TooManyRows(long rows) => new(this.path, $"a claim of {rows} rows in {this.stream.Length} bytes", "rows that the file can hold", "the file is damaged: write it again");
}
