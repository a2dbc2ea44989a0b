using System.Globalization;
using System.Text;
using ClusterSurvey.Workflows.Planning;

namespace ClusterSurvey.Runner.Runs;

/// <summary>What changed from one run to the next, in words: in one line, and as a page of Markdown with all that differs.</summary>
public sealed class RunChanges(RunComparison comparison)
{
    /// <summary>The page's file in the folder of the later run.</summary>
    public const string FileName = "changes.md";

    private const int NamesShown = 5;

    private readonly string before = comparison.Left.Manifest.RunId, after = comparison.Right.Manifest.RunId;

    private readonly List<PosteriorShift> moved =
        [.. comparison.Joint.Concat(comparison.Posteriors).Where(shift => shift.Sigmas is not (null or 0)).OrderByDescending(shift => Math.Abs(shift.Sigmas!.Value))];

    /// <summary>The run that the other is held against.</summary>
    public string Before => before;

    /// <summary>Clusters, files, settings, code and posteriors that differ, in one line.</summary>
    public string InOneLine
    {
        get
        {
            string?[] parts =
            [
                Named("new", Clusters(end => end.Left == RunComparison.NotAskedFor)), Named("no longer asked for", Clusters(end => end.Right == RunComparison.NotAskedFor)),
                Named("another end", Clusters(end => end.Left != RunComparison.NotAskedFor && end.Right != RunComparison.NotAskedFor)),
                Named("files", comparison.Files.Select(change => change.Field)), Named("inputs", comparison.Inputs.Select(change => change.ToString())),
                Named("settings", comparison.Settings.Select(change => change.ToString())), comparison.Workflow.Count > 0 ? "another workflow" : null,
                Named("code", comparison.Code.Select(change => change.ToString())), Posteriors,
            ];
            return string.Join("; ", parts.OfType<string>()) is { Length: > 0 } line ? line : "nothing: the same inputs, files, settings, workflow and code";
        }
    }

    /// <summary>The page.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"# What changed from {before} to {after}\n\n{InOneLine}.\n");
        Append(text, "Clusters", ["cluster", "before", "after"], comparison.Ends.Select(end => (string[])[end.Cluster, end.Left, end.Right]));
        foreach (var (heading, changes) in ((string, IReadOnlyList<FieldChange>)[])[("Inputs", comparison.Inputs), ("Files (by content)", comparison.Files), ("Settings", comparison.Settings), ("Workflow", comparison.Workflow), ("Program and steps", comparison.Code)])
            Append(text, heading, ["what", "before", "after"], changes.Select(change => (string[])[change.Field, Value(change.Old), Value(change.New)]));
        Append(text, "Posteriors that moved, in units of their combined width", ["of", "region", "parameter", "before", "after", "shift (sigma)"], moved.Select(shift => (string[])
            [shift.Subject, shift.Region, shift.Parameter, Number(shift.Left!.Value.Median), Number(shift.Right!.Value.Median), Sigmas(shift)]));
        return text.ToString();
    }

    private string? Posteriors
    {
        get
        {
            var held = comparison.Joint.Concat(comparison.Posteriors).Count(shift => shift.Sigmas is not null);
            if (held == 0) return null;
            if (moved.Count == 0) return "no posterior moved";
            var largest = moved[0];
            return string.Create(CultureInfo.InvariantCulture, $"{moved.Count} of {held} posteriors moved, by up to {Sigmas(largest)} sigma ({largest.Subject}, {largest.Region}, {largest.Parameter})");
        }
    }

    private IEnumerable<string> Clusters(Func<(string Cluster, string Left, string Right), bool> isMeant) => comparison.Ends.Where(isMeant).Select(end => end.Cluster);

    private static string? Named(string what, IEnumerable<string> names)
    {
        var all = names.ToList();
        if (all.Count == 0) return null;
        var shown = string.Join(", ", all.Take(NamesShown));
        return string.Create(CultureInfo.InvariantCulture, $"{what}: {shown}{(all.Count > NamesShown ? $" and {all.Count - NamesShown} more" : "")}");
    }

    private static void Append(StringBuilder text, string heading, string[] columns, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0) return;
        text.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n").Append(Line(columns)).Append(Line(columns.Select(_ => "---")));
        foreach (var row in all) text.Append(Line(row));
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(cell => cell.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal)))} |\n";

    private static string Value(string json) => json.Length == 0 ? "not there" : json;

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Sigmas(PosteriorShift shift) => shift.Sigmas!.Value.ToString("+0.00;-0.00", CultureInfo.InvariantCulture);
}
