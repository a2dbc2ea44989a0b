using System.CommandLine;
using ClusterSurvey.Runner.Schedules;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Commands.Schedule;

/// <summary>schedule list: the schedules of a folder, when they are due, and how they fared last.</summary>
internal static class ListSchedules
{
    public static Command Make()
    {
        var (home, database) = (CommonOptions.Home(), CommonOptions.Database());
        var json = CommonOptions.Json();
        var command = new Command("list", "Lists the schedules, when they are due next, and what came of their last fires.") { home, database, json };
        command.SetAction(parsed => ScheduleCommand.With(parsed, home, database, schedules => Show(schedules, parsed.GetValue(json))));
        return command;
    }

    private static void Show(ScheduleBook schedules, bool json)
    {
        var last = schedules.LastFires;
        if (json)
            Output.Json(schedules.All.Select(row => new
            {
                name = row.Name, cron = row.Cron, watch = row.Watch, time_zone = row.TimeZone, run = row.Definition, paused = row.IsPaused, due = row.DueAt, overlap = row.Overlap.ToString().ToLowerInvariant(),
                misfire = row.Misfire.ToString().ToLowerInvariant(), time_limit_seconds = row.TimeLimitSeconds, notify = ScheduleTexts.Notified(row), last = last.GetValueOrDefault(row.Name) is { } fire ? ScheduleTexts.ForMachines(fire) : null,
            }));
        else
            TextTable.Show(["name", "run", "when", "due", "last"], schedules.All.Select(row => (string[])
                [row.Name, row.Definition, ScheduleTexts.Trigger(row), ScheduleTexts.Due(row), last.GetValueOrDefault(row.Name) is { } fire ? ScheduleTexts.InWords(fire) : ""]));
    }
}
