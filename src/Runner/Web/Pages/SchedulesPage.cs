using System.Globalization;
using System.Xml.Linq;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Schedules;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static ClusterSurvey.Activities.Report.Markup.Html;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>What is run by itself: when it is due, what came of it, and buttons to pause it, to run it now and to remove it.</summary>
internal sealed class SchedulesPage(RunHome home, ScheduleBook schedules, TimeProvider time)
{
    public const string Path = "/schedules";

    private const int NextShown = 5, HistoryShown = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, List);
        routes.MapGet($"{Path}/{{name}}", (string name) => With(name, Show));
        routes.MapPost($"{Path}/{{name}}/pause", (string name) => Changed(name, row => schedules.Pause(row.Name)));
        routes.MapPost($"{Path}/{{name}}/resume", (string name) => Changed(name, row => schedules.Resume(row.Name, ScheduleTexts.TimesOf(row)?.After(time.GetUtcNow()))));
        routes.MapPost($"{Path}/{{name}}/run-now", (string name) => Changed(name, row => schedules.RunNow(row.Name, time.GetUtcNow())));
        routes.MapPost($"{Path}/{{name}}/remove", (string name) => With(name, row =>
        {
            schedules.Remove(row.Name);
            return Results.LocalRedirect(Path);
        }));
    }

    private IResult List()
    {
        var (rows, last) = (schedules.All, schedules.LastFires);
        return Layout.Page("Schedules", Path,
        [
            Tag("p", "lead", rows.Count == 0 ? "Nothing is run by itself here." : "What is run by itself while this server is there."),
            rows.Count == 0 ? null : Tag("div", "live", At("id", "live"), At("data-live", "yes"), Layout.Table("Schedules", ["Schedule", "Runs", "Next", "Last"], rows.Select(row => Row(row, last.GetValueOrDefault(row.Name))))),
            new XElement("p", Tag("a", "button", At("href", NewSchedulePage.Path), "Add a schedule")),
        ]);
    }

    private static XElement Row(ScheduleRow row, ScheduleFireRow? last) => Layout.Row(
        RowHeading(Layout.Link(PathOf(row), row.Name)), row.Definition, row.IsPaused ? Layout.Badge("none", "paused") : row.DueAt is { } due ? Instant(due) : ScheduleTexts.Due(row), last is null ? "" : Outcome(last));

    private IResult Show(ScheduleRow row)
    {
        var fires = schedules.History(row.Name, HistoryShown);
        return Layout.Page(row.Name, Path,
        [
            Tag("dl", "facts", Facts(row)),
            Tag("div", "tools",
                Layout.Action($"{PathOf(row)}/run-now", "Run now"),
                row.IsPaused ? Layout.Action($"{PathOf(row)}/resume", "Go on") : Layout.Action($"{PathOf(row)}/pause", "Pause"),
                Layout.Action($"{PathOf(row)}/remove", "Remove", "Remove this schedule and its history? Its runs stay.")),
            new XElement("h2", "Next"),
            row.IsPaused ? new XElement("p", "It is paused. What would have been due meanwhile is not made up for.") : row.Watch is not null ? new XElement("p", "As soon as the maps have changed and come to rest.") : new XElement("ol", Next(row).Select(next => new XElement("li", Instant(next)))),
            Tag("div", "live", At("id", "live"), At("data-live", "yes"), new XElement("h2", "History"),
                fires.Count == 0 ? new XElement("p", "It has not fired yet.") : Layout.Table("History", ["Planned for", "Why", "Outcome", "Run", "Took"], fires.Select(Fire))),
        ]);
    }

    private static IEnumerable<XElement> Facts(ScheduleRow row) => new (string Name, object Value)[]
    {
        ("Runs", row.Definition), ("When", row.Cron is { } cron ? new XElement("code", cron) : ScheduleTexts.Trigger(row)), ("On the clocks of", row.TimeZone),
        ("While the last run is at work", row.Overlap == OverlapPolicy.Queue ? "one run waits" : "nothing starts"), ("What was missed", row.Misfire == MisfirePolicy.Run ? "is made up for by one run" : "is given up"),
        ("Time limit", row.TimeLimitSeconds is { } limit ? TimeLimit.Shown(limit) : "none"),
        ("Tells", ScheduleTexts.Notified(row) is { Count: > 0 } told ? string.Join(", ", told) : "nobody"),
    }.Select(fact => new XElement("div", new XElement("dt", fact.Name), new XElement("dd", fact.Value)));

    // What is late comes at once, and then at its times again.
    private IEnumerable<DateTimeOffset> Next(ScheduleRow row)
        => row.DueAt is not { } due || ScheduleTexts.TimesOf(row) is not { } times ? [] : times.AllAfter(due < time.GetUtcNow() ? time.GetUtcNow() : due.AddSeconds(-1)).Take(NextShown);

    private XElement Fire(ScheduleFireRow fire) => Layout.Row(
        RowHeading(Instant(fire.DueAt)), ScheduleTexts.Cause(fire), Outcome(fire),
        fire.Run is { } run ? Links(run, fire.ComparedWith) : "",
        fire is { StartedAt: { } started, EndedAt: { } ended } ? Durations.InWords(ended - started) : "");

    private object?[] Links(string run, string? before)
    {
        var path = $"/runs/{Uri.EscapeDataString(run)}";
        var hasReport = File.Exists(SurveyReport.PathIn(System.IO.Path.Combine(home.Root, run)));
        return [Layout.Link(path, run), hasReport ? new object[] { " ", Layout.Link($"{path}/report", At("aria-label", $"report of {run}"), "report") } : null,
            before is null ? null : new object[] { " ", Layout.Link($"/compare?left={Uri.EscapeDataString(before)}&right={Uri.EscapeDataString(run)}", At("aria-label", $"changes from {before} to {run}"), "changes") }];
    }

    private static XElement Outcome(ScheduleFireRow fire) => Tag("td", "long", Layout.Badge(Kind(fire.State), ScheduleTexts.Outcome(fire.State)), ScheduleTexts.More(fire) is { } more ? Tag("span", "remedy", more) : null);

    private static string Kind(FireState state) => state switch
    {
        FireState.Done => "ok",
        FireState.DoneWithFailures or FireState.Skipped or FireState.Missed => "warn",
        FireState.Waiting or FireState.Running => "note",
        _ => "bad",
    };

    // Shown on the clocks of whoever looks; in UTC where scripts are not allowed.
    internal static XElement Instant(DateTimeOffset moment) => new("time",
        At("datetime", moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)), At("data-local", "yes"), CronTimes.ShownIn(TimeZoneInfo.Utc, moment).Replace("+00:00", "UTC", StringComparison.Ordinal));

    /// <summary>The page of a schedule.</summary>
    public static string PathOf(ScheduleRow row) => $"{Path}/{Uri.EscapeDataString(row.Name)}";

    private IResult Changed(string name, Action<ScheduleRow> change) => With(name, row =>
    {
        change(row);
        return Results.LocalRedirect(PathOf(row));
    });

    private IResult With(string name, Func<ScheduleRow, IResult> act)
        => schedules.All.FirstOrDefault(row => row.Name == name) is { } row ? act(row) : ErrorPage.NotFound($"The schedule {name}");
}
