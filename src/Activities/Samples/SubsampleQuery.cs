using System.Text.Json;
using ClusterSurvey.Activities.Problems;
using DuckDB.NET.Data;

namespace ClusterSurvey.Activities.Samples;

/// <summary>
/// Selects a sub-sample by a condition in SQL (DuckDB's dialect) over the sample table, named <c>sample</c>. The
/// condition is one expression; it may have sub-queries over <c>sample</c>, as tertiles need, and nothing else: no
/// other table, no table function, no file, no setting, no second statement.
/// </summary>
internal static class SubsampleQuery
{
    private static readonly TimeSpan LongestQuery = TimeSpan.FromSeconds(30);

    // After these nothing outside the table can be reached, and nothing can be switched on again.
    private const string Lock = """
        SET threads = 1;
        SET memory_limit = '512MB';
        SET temp_directory = '';
        SET autoinstall_known_extensions = false;
        SET autoload_known_extensions = false;
        SET enable_external_access = false;
        SET lock_configuration = true;
        """;

    /// <exception cref="BadInputException">The condition is not one expression over the sample table, names no column of it, or takes too long.</exception>
    public static IReadOnlyList<string> Run(SampleTable table, string condition, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(condition) || condition.Contains('\0'))
            throw Refuse(condition, "no condition", "name a condition such as redshift < 0.2, or leave the selection out");
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        try
        {
            Execute(connection, Lock);
            Fill(connection, table);
            CheckExpression(connection, condition);
            var selected = Select(connection, condition, cancellation);
            return [.. table.Names.Where(selected.Contains)];
        }
        catch (DuckDBException failure)
        {
            throw Refuse(condition, failure.InPlainWords(), "correct the condition; the columns are those of the sample table", failure);
        }
    }

    private static void Fill(DuckDBConnection connection, SampleTable table)
    {
        var known = table.Rows[0].Cells().Select(cell => cell.Column).ToList();
        var others = table.Columns.Except(known, StringComparer.OrdinalIgnoreCase).ToList();
        var numbers = SampleColumns.Known.Where(column => column.Kind == SampleColumnKind.Number).Select(column => column.Name).ToHashSet();
        var types = known
            .Select(column => $"{Quote(column)} {(numbers.Contains(column) ? "DOUBLE" : "VARCHAR")}")
            .Concat(others.Select(column => $"{Quote(column)} VARCHAR"));
        Execute(connection, $"CREATE TABLE sample ({string.Join(", ", types)})");
        // To insert row by row, each insert a transaction of its own, takes most of a query's time.
        using var appender = connection.CreateAppender("sample");
        foreach (var row in table.Rows)
        {
            var cells = appender.CreateRow();
            foreach (var (_, value) in row.Cells()) Append(cells, value);
            foreach (var column in others) Append(cells, row.Extra.GetValueOrDefault(column));
            cells.EndRow();
        }
    }

    private static void Append(IDuckDBAppenderRow cells, object? value)
    {
        if (value is double number) cells.AppendValue(number);
        else cells.AppendValue((string?)value);
    }

    /// <summary>Lets DuckDB parse the condition as the only item of a SELECT, and looks at the tree.</summary>
    private static void CheckExpression(DuckDBConnection connection, string condition)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT json_serialize_sql(?::VARCHAR)";
        command.Parameters.Add(new DuckDBParameter($"SELECT (\n{condition}\n)"));
        using var tree = JsonDocument.Parse((string)command.ExecuteScalar()!);
        var root = tree.RootElement;
        if (root.GetProperty("error").GetBoolean())
            throw Refuse(condition, root.TryGetProperty("error_message", out var message) ? message.GetString()! : "a syntax error", "correct the condition");
        var statements = root.GetProperty("statements");
        if (statements.GetArrayLength() != 1 || !IsOneExpression(statements[0].GetProperty("node")))
            throw Refuse(condition, "more than one expression", "write one condition, without ORDER BY, LIMIT, UNION or a second statement");
        foreach (var found in Forbidden(statements[0].GetProperty("node").GetProperty("select_list")))
            throw Refuse(condition, found, "use only columns of the sample table; sub-queries read FROM sample");
    }

    private static bool IsOneExpression(JsonElement node) =>
        node.GetProperty("type").GetString() == "SELECT_NODE"
        && node.GetProperty("select_list").GetArrayLength() == 1
        && node.GetProperty("from_table").GetProperty("type").GetString() == "EMPTY"
        && node.GetProperty("modifiers").GetArrayLength() == 0
        && node.GetProperty("where_clause").ValueKind == JsonValueKind.Null
        && node.GetProperty("having").ValueKind == JsonValueKind.Null
        && node.GetProperty("qualify").ValueKind == JsonValueKind.Null
        && node.GetProperty("group_expressions").GetArrayLength() == 0;

    private static IEnumerable<string> Forbidden(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array) return element.EnumerateArray().SelectMany(Forbidden);
        if (element.ValueKind != JsonValueKind.Object) return [];
        var inside = element.EnumerateObject().SelectMany(property => Forbidden(property.Value));
        var type = element.TryGetProperty("type", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        if (type == "TABLE_FUNCTION") return inside.Prepend("a table function");
        if (type == "BASE_TABLE" && !string.Equals(element.GetProperty("table_name").GetString(), "sample", StringComparison.OrdinalIgnoreCase))
            return inside.Prepend($"the table '{element.GetProperty("table_name").GetString()}'");
        return inside;
    }

    private static HashSet<string> Select(DuckDBConnection connection, string condition, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LongestQuery);
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name FROM sample WHERE (\n{condition}\n)";
        using var interrupt = limit.Token.Register(command.Cancel);
        try
        {
            limit.Token.ThrowIfCancellationRequested();
            var names = new HashSet<string>();
            using var reader = command.ExecuteReader();
            while (reader.Read()) names.Add(reader.GetString(0));
            return names;
        }
        catch (Exception failure) when (limit.IsCancellationRequested && failure is (DuckDBException or OperationCanceledException))
        {
            cancellation.ThrowIfCancellationRequested();
            throw Refuse(condition, $"no answer after {LongestQuery.TotalSeconds:0} s", "write a simpler condition");
        }
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Quote(string column) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static BadInputException Refuse(string? condition, string found, string remedy, Exception? cause = null) =>
        new($"where \"{condition}\"", found, "one condition in SQL over the columns of the sample table", remedy, cause);
}
