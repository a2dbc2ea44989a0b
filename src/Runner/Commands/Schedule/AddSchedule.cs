using System.CommandLine;
using ClusterSurvey.Runner.Schedules;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Commands.Schedule;

/// <summary>schedule add NAME: checks everything that can be checked before the first run, and shows the next fires.</summary>
internal static class AddSchedule
{
    public static Command Make()
    {
        var name = ScheduleCommand.Name();
        var cron = new Option<string?>("--cron") { Description = "when: five fields 'minute hour day month weekday', six with the second first, or @hourly, @daily, @weekly, @monthly, @yearly" };
        var watch = new Option<string?>("--watch") { Description = "in place of --cron: a folder of maps; it runs when files there have changed, have been at rest for half a minute, and are whole" };
        var zone = new Option<string?>("--time-zone") { Description = "on whose clocks, as Europe/Berlin or UTC (default: those of this machine)" };
        var run = new Option<string>("--run") { Description = "name of a workflow (see workflows list), or the path of a definition", Required = true };
        var overlap = new Option<string?>("--overlap") { Description = "skip: nothing happens while the last run is still at work; queue: one run waits for its end (default: skip)" };
        var misfire = new Option<string?>("--misfire") { Description = "run: one run stands for all times that were missed; skip: they are given up (default: run)" };
        var limit = new Option<string?>("--time-limit") { Description = "a run that takes longer is stopped: a number with s, m, h or d (default: none)" };
        var notify = new Option<string[]>("--notify")
        {
            Description = "whom to tell the end of every run: a web address that takes JSON, or mailto:ADDRESS; secrets are named, as {env:NAME} or {file:PATH}; may be repeated", AllowMultipleArgumentsPerToken = false,
        };
        var survey = new SurveyOptions();
        var json = CommonOptions.Json();
        var command = new Command("add", "Adds a schedule and shows when it fires next. The other options are those of run.") { name, cron, watch, zone, run, overlap, misfire, limit, notify };
        survey.AddInputsTo(command);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var home = survey.HomeOf(parsed);
            var definition = parsed.GetRequiredValue(run);
            var request = survey.Read(parsed, definition);
            var (row, next) = new ScheduleRequest
            {
                Name = parsed.GetRequiredValue(name), Cron = parsed.GetValue(cron), Watch = parsed.GetValue(watch), TimeZone = parsed.GetValue(zone), Definition = definition, Inputs = request.Inputs, Seed = request.Seed,
                Overlap = parsed.GetValue(overlap), Misfire = parsed.GetValue(misfire), TimeLimit = parsed.GetValue(limit), Notify = parsed.GetValue(notify) ?? [],
            }.Check(home, TimeProvider.System.GetUtcNow());
            using var ledger = home.OpenLedger();
            home.SchedulesIn(ledger).Add(row);
            Show(row, next, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(ScheduleRow row, IReadOnlyList<DateTimeOffset> next, bool json)
    {
        if (json)
        {
            Output.Json(new { name = row.Name, cron = row.Cron, watch = row.Watch, time_zone = row.TimeZone, next = next.Select(time => TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(row.TimeZone))) });
            return;
        }
        if (row.Watch is not null)
        {
            Output.Result($"{row.Name}: runs when {row.Watch} has changed, while a server of this folder is there (clustersurvey serve)");
            return;
        }
        Output.Result($"{row.Name}: '{row.Cron}' on the clocks of {row.TimeZone}; it fires while a server of this folder is there (clustersurvey serve), next");
        foreach (var time in next) Output.Result($"  {ScheduleTexts.Shown(row, time)}");
    }
}
