using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.AspNetCore.Http;
using static ClusterSurvey.Activities.Report.Markup.Html;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>One run: how far every cluster has come, what was set aside and why, what came out.</summary>
internal sealed class RunPage(RunLedger ledger, BackgroundRuns runs)
{
    private const int LogLines = 40;

    public IResult Show(RunView view)
    {
        var isActive = runs.IsActive(view.Folder) || RunLock.IsHeld(view.Folder);
        return Layout.Page(view.Folder.Id, "/runs",
        [
            Tag("div", "live", At("id", "live"), At("data-live", isActive ? "yes" : "no"),
                Head(view, isActive), Actions(view, isActive), Progress(view, isActive), Failures(view), Notes(view), Results(view), Log(view)),
            Inputs(view),
        ]);
    }

    private static XElement Head(RunView view, bool isActive)
    {
        var (kind, words) = Standing.Of(view.Instance, isActive);
        var end = view.Instance.FinishedAt;
        return Tag("dl", "facts",
            Fact("State", Layout.Badge(kind, words)), Fact("Workflow", Layout.Link(StudioPages.Editor(view.Instance.DefinitionId), view.Instance.Name)),
            Fact("Began", view.Instance.CreatedAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
            end is { } ended ? Fact("Took", Durations.InWords(ended - view.Instance.CreatedAt)) : null,
            Fact("Seed", view.Instance.Seed), Fact("Every activity", Layout.Link(StudioPages.Viewer(view.Instance.Id), "in the designer")));
    }

    private XElement Actions(RunView view, bool isActive)
    {
        var path = $"/runs/{Uri.EscapeDataString(view.Folder.Id)}";
        var isDone = view.Instance is { SubStatus: "Finished", IncidentCount: 0 };
        return Tag("div", "tools",
            view.Report is null ? null : Tag("a", "button", At("href", $"{path}/report"), "Report"),
            view.Validation is null ? null : Tag("a", "button", At("href", $"{path}/validation"), "Validation"),
            runs.IsActive(view.Folder) ? Layout.Action($"{path}/stop", "Stop", "Stop this run? What it has computed is kept.") : null,
            isActive || isDone ? null : Layout.Action($"{path}/resume", view.Instance.SubStatus == "Finished" ? "Try the failed clusters again" : "Go on"),
            Tag("a", "button", At("href", $"/compare?right={Uri.EscapeDataString(view.Folder.Id)}"), "Compare"));
    }

    private object? Progress(RunView view, bool isActive)
    {
        var called = ledger.Called(view.Instance.Id).Where(row => row.Label is not null).ToLookup(row => row.Label!, StringComparer.Ordinal);
        var names = view.Clusters.Concat(called.Select(group => group.Key)).Distinct().ToList();
        var watch = runs.WatchOf(view.Folder);
        if (names.Count == 0) return watch?.StepOf("") is { } alone ? new XElement("p", At("role", "status"), Now(alone)) : null;
        var steps = ledger.StepsPerDefinition(view.Instance.Id);
        var done = ledger.StepsDone(view.Instance.Id);
        var ended = called.SelectMany(group => group).Where(row => row.FinishedAt is not null).ToList();
        return new object?[]
        {
            new XElement("h2", string.Create(CultureInfo.InvariantCulture, $"Clusters: {ended.Count(row => row.SubStatus == "Finished")} of {names.Count} done")),
            isActive && Left(view.Instance, ended, names.Count) is { } left ? new XElement("p", $"About {Durations.InWords(left)} left, if the others take as long.") : null,
            Layout.Table("Clusters", ["Cluster", "State", "Steps", "Now", "Took"], names.Select(name => Cluster(name, called[name].LastOrDefault(), isActive, steps, done, watch))),
        };
    }

    // The pace so far holds however many clusters are in flight at a time.
    private static TimeSpan? Left(InstanceRow run, List<InstanceRow> ended, int all) =>
        ended.Count == 0 || ended.Count >= all ? null : (ended.Max(row => row.FinishedAt!.Value) - run.CreatedAt) / ended.Count * (all - ended.Count);

    private static XElement Cluster(string name, InstanceRow? row, bool isActive, IReadOnlyDictionary<string, int> steps, IReadOnlyDictionary<string, int> done, RunWatch? watch)
    {
        if (row is null) return Layout.Row(RowHeading(name), Layout.Badge("none", isActive ? "to come" : "not begun"), "", "", "");
        var (kind, words) = Standing.Of(row, isActive);
        var (count, all) = (done.GetValueOrDefault(row.Id), steps.GetValueOrDefault(row.DefinitionVersionId));
        return Layout.Row(RowHeading(Layout.Link(StudioPages.Viewer(row.Id), name)), Layout.Badge(row.SubStatus == "Faulted" ? "bad" : kind, row.SubStatus == "Faulted" ? "set aside" : words),
            new[]
            {
                all == 0 ? null : new XElement("progress", At("max", $"{all}"), At("value", $"{Math.Min(count, all)}"), At("aria-label", $"{name}: {count} of {all} steps")),
                Tag("span", "fine", string.Create(CultureInfo.InvariantCulture, $" {count} of {all}")),
            },
            row.SubStatus == "Executing" && watch?.StepOf(name) is { } now ? Now(now) : "",
            row.FinishedAt is { } end ? Durations.InWords(end - row.CreatedAt) : "");
    }

    private static string Now(RunWatch.StepNow now)
        => now.Doing is null ? now.Step : string.Create(CultureInfo.InvariantCulture, $"{now.Step}: {now.Doing} ({100 * now.Fraction:f0} %)");

    // What is no failure but may not be what was meant; known once the tables are written.
    private static object[]? Notes(RunView view)
    {
        var notes = view.Manifest.Division.Notes().ToList();
        return notes.Count == 0 ? null : [new XElement("h2", "Notes"), Tag("ul", "flags", notes.Select(note => new XElement("li", note)))];
    }

    private object[]? Failures(RunView view)
    {
        var failures = view.Failures;
        var incidents = failures.Count > 0 ? [] : ledger.Incidents(view.Instance.Id);
        if (failures.Count == 0 && incidents.Count == 0) return null;
        return new object[]
        {
            new XElement("h2", "Set aside"),
            Tag("ul", "flags",
                failures.Select(row => Tag("li", "bad", new XElement("b", row.Cluster), $", {row.Step}: {row.Where}: found {row.Found}, expected {row.Expected}. ", Tag("span", "remedy", row.Remedy))),
                incidents.Select(row => Tag("li", "bad", new XElement("b", row.Label ?? "the survey"), $", {row.StepName}: {row.Message} ", Tag("span", "remedy", row.Remedy)))),
        };
    }

    private static object[]? Results(RunView view)
    {
        var path = $"/runs/{Uri.EscapeDataString(view.Folder.Id)}/tables";
        if (view.Tables.Count == 0) return null;
        return new object[]
        {
            new XElement("h2", "Tables"),
            Layout.Table("Tables", ["Table", "Download"], view.Tables.Select(table => Layout.Row(RowHeading(Layout.Link($"{path}/{table}", table)), new object[]
            {
                Layout.Link($"{path}/{table}/csv", At("aria-label", $"{table} as CSV"), "CSV"), " ", Layout.Link($"{path}/{table}/parquet", At("aria-label", $"{table} as Parquet"), "Parquet"),
            }))),
        };
    }

    private static XElement? Log(RunView view)
    {
        var lines = RunWatch.Tail(view.Folder, LogLines);
        return lines.Count == 0 ? null : Details("log", "What happened last", open: false, Tag("pre", "log", At("tabindex", "0"), string.Join('\n', lines)));
    }

    private static object[] Inputs(RunView view) =>
    [
        new XElement("h2", "Inputs"),
        Tag("dl", "facts inputs", view.Manifest.Arguments.Select(input => Fact(input.Key, new XElement("code", input.Value is JsonValue value && value.TryGetValue<string>(out var text) ? text : input.Value?.ToJsonString() ?? "nothing")))),
        Tag("p", "fine", "In the folder ", new XElement("code", view.Folder.Path)),
    ];

    private static XElement Fact(string name, object value) => new("div", new XElement("dt", name), new XElement("dd", value));
}
