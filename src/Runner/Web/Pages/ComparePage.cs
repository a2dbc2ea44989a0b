using System.Globalization;
using System.Xml.Linq;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Report;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Workflows.Ledger;
using ClusterSurvey.Workflows.Planning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static ClusterSurvey.Activities.Report.Markup.Html;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>Two runs beside each other: what went in, what it was made with, what came out.</summary>
internal sealed class ComparePage(RunHome home, RunLedger ledger, RunViews views)
{
    /// <summary>Rows of the table of clusters: a sample of a hundred has thousands, and the largest shifts stand first.</summary>
    private const int MostShifts = 100;

    private const int LongestValue = 200;

    private static readonly Dictionary<string, string> symbols = new(StringComparer.Ordinal)
    {
        ["log10_sigma"] = "log10 σ", ["log10_injection_scale"] = "log10 injection scale (R500)", ["slope"] = "slope α", ["mach_3d"] = "Mach number (3-D)",
    };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/compare", (string? left, string? right) => With(left, right, Show));
        routes.MapGet("/compare/csv", (string? left, string? right) => With(left, right, Csv));
    }

    /// <summary>The form in which the two runs are chosen; null while there is nothing to choose from.</summary>
    /// <param name="runs">The ids of runs, the newest first.</param>
    /// <param name="left">The one that is chosen; the second newest when null.</param>
    /// <param name="right">The other; the newest when null.</param>
    public static XElement? Choice(IReadOnlyList<string> runs, string? left = null, string? right = null) => runs.Count < 2 ? null : Tag("form", "pick", At("method", "get"), At("action", "/compare"),
        Select("left", "Compare", runs, left ?? runs.First(run => run != (right ?? runs[0]))), Select("right", "with", runs, right ?? runs.First(run => run != left)),
        new XElement("button", At("type", "submit"), "Compare"));

    private static object[] Select(string name, string label, IReadOnlyList<string> runs, string chosen) =>
    [
        new XElement("label", At("for", name), label),
        new XElement("select", At("id", name), At("name", name), runs.Select(run => new XElement("option", At("value", run), run == chosen ? At("selected", "selected") : null, run))),
    ];

    private IResult With(string? left, string? right, Func<RunView, RunView, IResult> show)
    {
        if (string.IsNullOrEmpty(left) || string.IsNullOrEmpty(right)) return Page(left, right, [Tag("p", "lead", "Choose two runs.")]);
        if (views.Find(left) is not { } one) return ErrorPage.NotFound($"The run {left}");
        return views.Find(right) is { } other ? show(one, other) : ErrorPage.NotFound($"The run {right}");
    }

    private IResult Page(string? left, string? right, IEnumerable<object?> content)
    {
        var runs = ledger.Instances().Where(row => Directory.Exists(row.RunFolder)).Select(row => new RunFolder(row.RunFolder).Id).Distinct().ToList();
        return Layout.Page("Compare two runs", "/runs", [Choice(runs, Empty(left), Empty(right)) ?? Tag("p", "lead", "It takes two runs to compare; there are fewer."), content]);
    }

    private static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private RunComparison Comparison(RunView left, RunView right)
    {
        var store = home.OpenStore();
        return new RunComparison(ComparedRun.Read(left.Folder, store), ComparedRun.Read(right.Folder, store));
    }

    private IResult Show(RunView left, RunView right)
    {
        var (one, other) = (left.Folder.Id, right.Folder.Id);
        if (one == other) return Page(one, other, [Tag("p", "lead", "That is one run and not two.")]);
        var comparison = Comparison(left, right);
        var csv = $"/compare/csv?left={Uri.EscapeDataString(one)}&right={Uri.EscapeDataString(other)}";
        return Page(one, other,
        [
            Tag("p", "lead", "Left is ", Layout.Link($"/runs/{Uri.EscapeDataString(one)}", one), ", right is ", Layout.Link($"/runs/{Uri.EscapeDataString(other)}", other), "."),
            Changes("Inputs", comparison.Inputs, "Both were given the same inputs and the same seed."),
            Changes("Files", comparison.Files, "Both read the same files, by their content."),
            Changes("Settings", comparison.Settings, "Every setting is the same."),
            Changes("Workflow", comparison.Workflow, "Both ran the same workflow."),
            Changes("Program and steps", comparison.Code, "Same program, libraries, versions of steps and machine."),
            Ends(comparison), Posteriors(comparison, csv),
        ]);
    }

    private static object[] Changes(string heading, IReadOnlyList<FieldChange> changes, string none) =>
    [
        new XElement("h2", heading),
        changes.Count == 0 ? new XElement("p", none) : Layout.Table(heading, ["What", "Left", "Right"], changes.Select(change => Layout.Row(RowHeading(change.Field), Value(change.Old), Value(change.New)))),
    ];

    private static XElement Value(string json)
    {
        if (json.Length == 0) return Tag("td", "long fine", "not there");
        var text = json.Length > 1 && json[0] == '"' ? json[1..^1] : json;
        return Tag("td", "long", new XElement("code", text.Length > LongestValue ? $"{text[..LongestValue]} ..." : text));
    }

    private static object[] Ends(RunComparison comparison) =>
    [
        new XElement("h2", "Clusters"),
        comparison.Ends.Count == 0
            ? new XElement("p", "Every cluster came to the same end in both.")
            : Layout.Table("Clusters", ["Cluster", "Left", "Right"], comparison.Ends.Select(end => Layout.Row(RowHeading(end.Cluster), Tag("td", "long", end.Left), Tag("td", "long", end.Right)))),
    ];

    private static object?[] Posteriors(RunComparison comparison, string csv)
    {
        if (comparison.Joint.Count + comparison.Posteriors.Count == 0) return [new XElement("h2", "Posteriors"), new XElement("p", "Neither run has posteriors.")];
        var rest = comparison.Posteriors.Count - MostShifts;
        return
        [
            new XElement("h2", "Posteriors"),
            new XElement("p", "Medians with 68 % intervals. The shift is what the median moved from left to right, in units of the combined width of the two posteriors: a measure of size, for runs over the same maps share their noise."),
            new XElement("p", Layout.Link(csv, "All as CSV")),
            comparison.Joint.Count == 0 ? null : new[] { new XElement("h3", "All clusters together"), Shifts("Joint posteriors", "Sample", comparison.Joint) },
            comparison.Posteriors.Count == 0 ? null : new[]
            {
                new XElement("h3", "Cluster by cluster, the largest shift first"), Shifts("Posteriors of clusters", "Cluster", comparison.Posteriors.Take(MostShifts)),
                rest > 0 ? Tag("p", "fine", string.Create(CultureInfo.InvariantCulture, $"{rest} smaller ones are in the CSV file.")) : null,
            },
        ];
    }

    private static XElement Shifts(string label, string subject, IEnumerable<PosteriorShift> shifts) => Layout.Table(label, [subject, "Region", "Parameter", "Left", "Right", "Shift"], shifts.Select(shift => Layout.Row(
        RowHeading(shift.Subject), shift.Region, symbols[shift.Parameter], Posterior(shift.Left), Posterior(shift.Right), Tag("td", null, shift.Sigmas is { } sigmas ? $"{NumberText.Fixed(sigmas, 2)} σ" : ""))));

    // The interval of 95 % is not in the tables and not shown.
    private static object Posterior(Interval? interval) => interval is { } known ? NumberText.ToHtml(new PosteriorSummary(known.Median, known.Low68, known.High68, known.Low68, known.High68)) : "not there";

    private IResult Csv(RunView left, RunView right)
    {
        var comparison = Comparison(left, right);
        string[] columns = ["subject", "region", "parameter", "left_median", "left_low68", "left_high68", "right_median", "right_low68", "right_high68", "shift_sigma"];
        using var text = new MemoryStream();
        CsvText.Write(text, columns, comparison.Joint.Concat(comparison.Posteriors).Select(shift => (IReadOnlyList<string>)
            [shift.Subject, shift.Region, shift.Parameter, .. Numbers(shift.Left), .. Numbers(shift.Right), shift.Sigmas is { } sigmas ? CsvText.Number(sigmas) : ""]));
        return Results.File(text.ToArray(), "text/csv; charset=utf-8", $"{left.Folder.Id}-{right.Folder.Id}.csv");
    }

    private static string[] Numbers(Interval? interval)
        => interval is { } known ? [CsvText.Number(known.Median), CsvText.Number(known.Low68), CsvText.Number(known.High68)] : ["", "", ""];
}
