using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Samples;

/// <summary>The clusters of a survey and what is known of them.</summary>
public sealed record SampleTable
{
    internal SampleTable(string source, IReadOnlyList<string> columns, IReadOnlyList<SampleRow> rows) => (Source, Columns, Rows) = (source, columns, rows);

    /// <summary>The file, for messages.</summary>
    public string Source { get; }

    /// <summary>The columns of the file, in its order.</summary>
    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<SampleRow> Rows { get; }

    public IReadOnlyList<string> Names => [.. Rows.Select(row => row.Name)];

    /// <exception cref="BadInputException">Every problem of every row.</exception>
    public static SampleTable Read(string path) => Parse(InputFiles.Read(path), path);

    /// <inheritdoc cref="Read"/>
    public static SampleTable Parse(string text, string where)
    {
        var problems = new List<Problem>();
        var table = Parse(text, where, problems);
        return problems.Count > 0 ? throw new BadInputException(problems) : table;
    }

    /// <summary>The same for a caller who gathers problems: the table holds every row of which something could be read, and is of no use if there are any.</summary>
    internal static SampleTable Parse(string text, string where, List<Problem> problems)
    {
        var records = CsvText.Parse(text, where).ToList();
        if (records.Count < 2)
            throw new BadInputException(where, records.Count == 0 ? "an empty file" : "a header and no rows", "a header and at least one cluster",
                "add the clusters");
        CheckHeader(records[0], where, problems);
        // With a wrong header every row would repeat what is wrong with it.
        if (problems.Count > 0) return new SampleTable(where, records[0].Cells, []);
        var rows = records.Skip(1).Select(record => ReadRow(records[0].Cells, record, where, problems)).OfType<SampleRow>().ToList();
        CheckNames(rows, where, problems);
        return new SampleTable(where, records[0].Cells, rows);
    }

    /// <summary>The table with only these clusters, in the order of the table.</summary>
    /// <exception cref="BadInputException">Every name that matches no cluster, with the nearest.</exception>
    public SampleTable Select(IReadOnlyCollection<string> names)
    {
        var problems = new List<Problem>();
        var chosen = Select(names, problems);
        return problems.Count > 0 ? throw new BadInputException(problems) : chosen;
    }

    internal SampleTable Select(IReadOnlyCollection<string> names, List<Problem> problems)
    {
        string[] known = [.. Names.Where(name => name.Length > 0).Distinct()];
        problems.AddRange(names.Distinct().Where(name => !known.Contains(name)).Select(name =>
            new Problem($"{Source} name", $"no cluster '{name}'", "a name of the sample table", Spelling.Suggest(name, known))));
        if (names.Count == 0) problems.Add(new Problem($"{Source} name", "no names", "at least one cluster", "name the clusters, or leave the selection out"));
        return new SampleTable(Source, Columns, [.. Rows.Where(row => names.Contains(row.Name))]);
    }

    /// <summary>The table without these clusters.</summary>
    internal SampleTable Without(IReadOnlyCollection<string> names) => new(Source, Columns, [.. Rows.Where(row => !names.Contains(row.Name))]);

    /// <summary>The table with every row changed, in which these columns exist, too.</summary>
    internal SampleTable WithColumns(IReadOnlyList<string> columns, Func<SampleRow, SampleRow> change) => new(Source, [.. Columns.Union(columns)], [.. Rows.Select(change)]);

    /// <summary>The table with only the clusters of NAME,NAME,... as on the command line.</summary>
    public SampleTable Select(string commaSeparated) => Select(NamesIn(commaSeparated));

    internal static string[] NamesIn(string commaSeparated) => commaSeparated.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The names of the clusters for which a condition in SQL holds, in the order of the table.</summary>
    /// <inheritdoc cref="SubsampleQuery.Run"/>
    public IReadOnlyList<string> Where(string sql, CancellationToken cancellation = default) => SubsampleQuery.Run(this, sql, cancellation);

    private static void CheckHeader(CsvRecord header, string where, List<Problem> problems)
    {
        var place = $"{where}:{header.Line}";
        foreach (var column in header.Cells)
        {
            if (SampleColumns.NearMiss(column) is { } meant)
                problems.Add(new Problem($"{place} column '{column}'", "an unknown column", $"'{meant}'",
                    $"rename it to '{meant}', or give it a name that is not mistaken for one"));
        }
        foreach (var group in header.Cells.GroupBy(column => column.ToLowerInvariant()).Where(group => group.Count() > 1 || group.Key.Length == 0))
            {
                var found = group.Key.Length == 0 ? "a column without a name" : $"the column '{group.Key}' {group.Count()} times";
                problems.Add(new Problem(place, found, "distinct names", "rename or remove columns"));
            }
        foreach (var column in new[] { "name", "ra_deg", "dec_deg", "redshift" }.Where(column => !header.Cells.Contains(column)))
            problems.Add(new Problem(place, $"no column '{column}'", "name, ra_deg, dec_deg, redshift and one of r500_kpc, theta500_arcmin", "add the column"));
        if (!header.Cells.Contains("r500_kpc") && !header.Cells.Contains("theta500_arcmin"))
            problems.Add(new Problem(place, "neither column r500_kpc nor theta500_arcmin", "one of them", "add the column"));
    }

    private static SampleRow? ReadRow(string[] columns, CsvRecord record, string where, List<Problem> problems)
    {
        if (record.Cells.Length == columns.Length)
            return new SampleRowReader(where, record.Line, columns.Zip(record.Cells).ToDictionary(pair => pair.First, pair => pair.Second), problems).Read();
        problems.Add(new Problem($"{where}:{record.Line}", $"{record.Cells.Length} cells", $"{columns.Length} as in the header",
            "complete the row, quote cells that hold commas"));
        return null;
    }

    /// <summary>Names become folders of the run: they must differ even where case does not count.</summary>
    private static void CheckNames(List<SampleRow> rows, string where, List<Problem> problems)
    {
        foreach (var group in rows.Where(row => row.Name.Length > 0).GroupBy(row => row.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            problems.Add(new Problem($"{where} name", $"'{group.Key}' on lines {string.Join(", ", group.Select(row => row.Line))}", "distinct names",
                "rename or remove rows"));
        foreach (var row in rows.Where(row => row.Name.Any(IsForbidden) || row.Name.StartsWith('.') || row.Name.Length > 100))
            problems.Add(new Problem($"{where}:{row.Line} name", $"'{row.Name}'",
                "at most 100 letters, none of / \\ : ; , * ? \" < > | and no leading dot", "rename the cluster: its name becomes a folder"));

        static bool IsForbidden(char letter) => char.IsControl(letter) || "/\\:;,*?\"<>|".Contains(letter);
    }
}
