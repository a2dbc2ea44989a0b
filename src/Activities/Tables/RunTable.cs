using System.Reflection;
using System.Runtime.CompilerServices;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Tables;

/// <summary>
/// The tables that a run leaves, typed: a record with a <see cref="TableAttribute"/> is a row, its properties with a
/// <see cref="ColumnAttribute"/> are the columns, and an <see cref="Interval"/> is three of them.
/// </summary>
public static class RunTable
{
    /// <summary>The columns of a table in order, for the documentation and for who reads the files.</summary>
    public static IReadOnlyList<(string Name, string Unit, string Meaning)> Describe<TRow>() =>
        [.. Columns(typeof(TRow)).Select(column => (column.Name, column.Declared.Unit, column.Declared.Meaning))];

    /// <summary>Writes the rows in the order given, atomically.</summary>
    public static void Write<TRow>(string path, IReadOnlyList<TRow> rows) where TRow : class =>
        AtomicFile.Write(path, stream => Write(stream, rows));

    public static void Write<TRow>(Stream stream, IReadOnlyList<TRow> rows) where TRow : class
    {
        var table = Declaration<TRow>();
        ParquetTable.Write(stream, table.Name, table.Version, [.. Columns(typeof(TRow)).Select(column => ToColumn(column, rows))]);
    }

    /// <summary>Reads a table back.</summary>
    /// <exception cref="BadInputException">Not this table, a later version of it, or a damaged file.</exception>
    public static IReadOnlyList<TRow> Read<TRow>(string path) where TRow : class
    {
        var declared = Declaration<TRow>();
        var (table, version, columns) = ParquetTable.Read(path);
        if (table != declared.Name || version < 1 || version > declared.Version)
            throw new BadInputException(path, $"table '{table}', version {version}", $"table '{declared.Name}', version {(declared.Version == 1 ? "1" : $"1 to {declared.Version}")}", "compute the run again with this version of the program");
        var found = columns.ToDictionary(column => column.Name, column => column.Values);
        var rows = columns.Count == 0 ? 0 : columns[0].Values.Length;
        foreach (var column in Columns(typeof(TRow)).Where(column => column.Declared.Since > version)) found[column.Name] = column.Unknown(rows);
        var missing = Columns(typeof(TRow)).Where(column => !found.TryGetValue(column.Name, out var values) || values.GetType() != column.ArrayType).ToList();
        if (missing.Count > 0)
            throw new BadInputException([.. missing.Select(column => new Problem($"{path} column '{column.Name}'", found.ContainsKey(column.Name) ? "another type" : "no such column", column.ArrayType.Name, "compute the run again"))]);
        return [.. Enumerable.Range(0, rows).Select(row => ToRow<TRow>(found, row))];
    }

    private static TableAttribute Declaration<TRow>() =>
        typeof(TRow).GetCustomAttribute<TableAttribute>() ?? throw new ArgumentException($"found the type {typeof(TRow).Name} without a table declaration");

    private static IEnumerable<LeafColumn> Columns(Type row) =>
        from property in Properties(row)
        let declared = property.GetCustomAttribute<ColumnAttribute>()
        where declared is not null
        from leaf in property.PropertyType == typeof(Interval?)
            ? Interval.Suffixes.Select((suffix, part) => new LeafColumn(property, declared, declared.Name + suffix, part))
            : [new LeafColumn(property, declared, declared.Name, null)]
        select leaf;

    /// <summary>The row's own columns first, then those it shares with other tables; where both exist the key columns lead.</summary>
    private static IEnumerable<PropertyInfo> Properties(Type row)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var own = row.GetProperties(Own);
        return row.BaseType is { } shared && shared != typeof(object) ? own.Concat(shared.GetProperties(Own)) : own;
    }

    private static TableColumn ToColumn<TRow>(LeafColumn column, IReadOnlyList<TRow> rows)
    {
        var values = Array.CreateInstance(column.ArrayType.GetElementType()!, rows.Count);
        for (var i = 0; i < rows.Count; i++) values.SetValue(column.ValueOf(rows[i]!), i);
        return new TableColumn(column.Name, column.Declared.Unit, values);
    }

    private static TRow ToRow<TRow>(Dictionary<string, Array> columns, int index)
    {
        var row = (TRow)RuntimeHelpers.GetUninitializedObject(typeof(TRow));
        foreach (var property in Properties(typeof(TRow)))
        {
            if (property.GetCustomAttribute<ColumnAttribute>() is not { } declared) continue;
            property.SetValue(row, property.PropertyType == typeof(Interval?) ? ToInterval(columns, declared.Name, index) : columns[declared.Name].GetValue(index));
        }
        return row;
    }

    private static Interval? ToInterval(Dictionary<string, Array> columns, string stem, int index)
    {
        double? Part(int part) => ((double?[])columns[stem + Interval.Suffixes[part]])[index];
        return Part(0) is { } median && Part(1) is { } low && Part(2) is { } high ? new Interval(median, low, high) : null;
    }

    private sealed record LeafColumn(PropertyInfo Property, ColumnAttribute Declared, string Name, int? Part)
    {
        public Type ArrayType => (Part is null ? Property.PropertyType : typeof(double?)).MakeArrayType();

        /// <summary>The column of a table that was written before it had one.</summary>
        public Array Unknown(int rows)
        {
            if (ArrayType != typeof(string[])) return Array.CreateInstance(ArrayType.GetElementType()!, rows);
            var empty = new string[rows];
            Array.Fill(empty, "");
            return empty;
        }

        public object? ValueOf(object row) =>
            Part is { } part ? ((Interval?)Property.GetValue(row))?[part] : Property.GetValue(row);
    }
}
