using System.Xml.Linq;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Schedules;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static ClusterSurvey.Activities.Report.Markup.Html;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>The form that adds a schedule: checked as on the command line, and looked at before it is added.</summary>
internal sealed class NewSchedulePage(RunForm fields, RunHome home, ScheduleBook schedules, TimeProvider time)
{
    /// <summary>Not below the page of schedules, where every name is that of a schedule.</summary>
    public const string Path = "/new-schedule";

    private const string Add = "add";

    // An input of a workflow may have any name.
    private const string Own = "schedule-", NameField = Own + "name", CronField = Own + "cron", ZoneField = Own + "zone", WatchField = Own + "watch", OverlapField = Own + "overlap", MisfireField = Own + "misfire",
        LimitField = Own + "limit", NotifyField = Own + "notify", ActionField = Own + "action";

    private static readonly (string Value, string Words)[] overlaps = [("", "nothing starts (skip)"), ("queue", "one run waits (queue)")], misfires = [("", "one run makes up for it (run)"), ("skip", "it is given up (skip)")];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpRequest request) => Show(fields.Chosen(request.Query["definition"].ToString()), name => request.Query[name].ToString(), [], null));
        routes.MapPost(Path, (Delegate)Send);
    }

    private async Task<IResult> Send(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var definition = fields.Chosen(form["definition"].ToString());
        string Value(string name) => form[name].ToString().Trim();
        try
        {
            var (row, next) = Request(definition, Value).Check(home, time.GetUtcNow());
            if (Value(ActionField) != Add) return Show(definition, Value, [], Preview(row, next));
            schedules.Add(row);
            return Results.LocalRedirect(SchedulesPage.PathOf(row));
        }
        catch (BadInputException bad)
        {
            return Show(definition, Value, bad.Problems, null);
        }
    }

    private ScheduleRequest Request(WorkflowDocument definition, Func<string, string> value)
    {
        string? Given(string name) => value(name) is { Length: > 0 } text ? text : null;
        return new ScheduleRequest
        {
            Name = value(NameField), Cron = Given(CronField), Watch = Given(WatchField), TimeZone = Given(ZoneField), Definition = definition.DefinitionId, Inputs = fields.Inputs(definition, value), Seed = RunForm.SeedOf(value("seed")),
            Overlap = Given(OverlapField), Misfire = Given(MisfireField), TimeLimit = Given(LimitField), Notify = value(NotifyField).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        };
    }

    private static XElement Preview(ScheduleRow row, IReadOnlyList<DateTimeOffset> next) => Tag("div", "preview", At("role", "status"), At("id", "preview"),
        new XElement("p", row.Watch is { } folder ? $"Nothing is wrong with it. It runs when {folder} has changed and come to rest." : $"Nothing is wrong with it. On the clocks of {row.TimeZone} it fires next"),
        next.Count == 0 ? null : new XElement("ol", next.Select(moment => new XElement("li", ScheduleTexts.Shown(row, moment), " (here ", SchedulesPage.Instant(moment), ")"))));

    private IResult Show(WorkflowDocument definition, Func<string, string> value, IReadOnlyList<Problem> problems, XElement? preview) => Layout.Page("Add a schedule", SchedulesPage.Path,
    [
        Layout.Problems(problems, "nothing was added"),
        preview,
        fields.Choice(definition, Path),
        new XElement("p", definition.Description),
        Tag("form", "fields", At("method", "post"), At("action", Path),
            Text(value, NameField, "Name", "What it is called here; without '/' and '\\'.", At("required", "required")),
            Text(value, CronField, "When", "Five fields: minute, hour, day, month, weekday, as 0 3 * * * for every night at three. Six with the second first, or @hourly, @daily, @weekly, @monthly, @yearly."),
            Text(value, ZoneField, "Time zone", $"On whose clocks, as Europe/Berlin or UTC. Left empty: {TimeZoneInfo.Local.Id}", At("list", "zones")),
            Text(value, WatchField, "Or a folder of maps to watch", "In place of a time: it runs when files there have changed and come to rest."),
            Choice(value, OverlapField, "While the last run is at work", overlaps), Choice(value, MisfireField, "What was missed while no server was there", misfires),
            Text(value, LimitField, "Time limit", "A run that takes longer is stopped: a number with s, m, h or d. Left empty: none"),
            Layout.Field(NotifyField, "Tell the end of every run", "One address a line: a web address that takes JSON, or mailto:NAME@HOST. Secrets are named and not written: {env:NAME} or {file:PATH}.",
                new XElement("textarea", At("id", NotifyField), At("name", NotifyField), At("rows", "2"), At("aria-describedby", $"{NotifyField}-help"), value(NotifyField))),
            RunForm.Fields(definition, value),
            Tag("div", "tools", Button("preview", "Check and show when it fires"), Button(Add, "Add"))),
        fields.Lists(), RunForm.List("zones", TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)),
    ], problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static XElement Text(Func<string, string> value, string name, string label, string help, params object?[] more) => Layout.Field(name, label, help, RunForm.Text(name, value(name), more));

    private static XElement Choice(Func<string, string> value, string name, string label, (string Value, string Words)[] choices) => Layout.Field(name, label, null,
        new XElement("select", At("id", name), At("name", name), choices.Select(choice => new XElement("option", At("value", choice.Value), choice.Value == value(name) ? At("selected", "selected") : null, choice.Words))));

    private static XElement Button(string does, string words) => new("button", At("type", "submit"), At("name", ActionField), At("value", does), words);
}
