using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace ClusterSurvey.Activities.Tables;

/// <summary>Writes row groups of one schema into a stream. The one place that waits for Parquet.Net's asynchronous writer.</summary>
internal sealed class ParquetGroupWriter : IDisposable
{
    internal const string TableKey = "clustersurvey.table";
    internal const string VersionKey = "clustersurvey.version";

    private readonly ParquetWriter writer;
    private readonly DataField[] fields;

    public ParquetGroupWriter(
        Stream stream, string table, int version, IReadOnlyList<TableColumn> columns, IReadOnlyDictionary<string, string>? facts = null)
    {
        fields = [.. columns.Select(column => Field(column))];
        writer = ParquetWriter.CreateAsync(new ParquetSchema(fields.Cast<Field>()), stream, ParquetTable.WriteOptions).GetAwaiter().GetResult();
        var metadata = new Dictionary<string, string> { [TableKey] = table, [VersionKey] = version.ToString(CultureInfo.InvariantCulture) };
        foreach (var column in columns) metadata[$"unit.{column.Name}"] = column.Unit;
        foreach (var (key, value) in facts ?? new Dictionary<string, string>()) metadata[key] = value;
        writer.CustomMetadata = metadata;
    }

    public void WriteGroup(IReadOnlyList<TableColumn> columns)
    {
        using var group = writer.CreateRowGroup();
        for (var i = 0; i < columns.Count; i++) Write(group, fields[i], columns[i].Values).GetAwaiter().GetResult();
        group.CompleteValidate();
    }

    public void Dispose() => writer.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static DataField Field(TableColumn column)
    {
        var element = column.Values.GetType().GetElementType()!;
        var type = Nullable.GetUnderlyingType(element) ?? element;
        return new DataField(column.Name, type, isNullable: type == typeof(string) || type != element);
    }

    private static Task Write(ParquetRowGroupWriter group, DataField field, Array values) => values switch
    {
        string?[] texts => group.WriteAsync(field, texts!),
        double[] numbers => group.WriteAsync<double>(field, numbers.AsMemory()),
        double?[] numbers => group.WriteAsync<double>(field, numbers.AsMemory()),
        float[] numbers => group.WriteAsync<float>(field, numbers.AsMemory()),
        int[] numbers => group.WriteAsync<int>(field, numbers.AsMemory()),
        int?[] numbers => group.WriteAsync<int>(field, numbers.AsMemory()),
        long[] numbers => group.WriteAsync<long>(field, numbers.AsMemory()),
        bool[] truths => group.WriteAsync<bool>(field, truths.AsMemory()),
        bool?[] truths => group.WriteAsync<bool>(field, truths.AsMemory()),
        _ => throw new ArgumentException($"found an array of {values.GetType().GetElementType()} in column '{field.Name}', expected text, numbers or truth values", nameof(values)),
    };
}
