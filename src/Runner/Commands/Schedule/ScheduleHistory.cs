using System.CommandLine;
using ClusterSurvey.Runner.Schedules;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands.Schedule;

/// <summary>schedule history NAME: what came of its fires.</summary>
internal static class ScheduleHistory
{
    private const int Most = 100;

    public static Command Make()
    {
        var name = ScheduleCommand.Name();
        var (home, database) = (CommonOptions.Home(), CommonOptions.Database());
        var json = CommonOptions.Json();
        var command = new Command("history", $"Lists the last {Most} fires of a schedule, the newest first, with what came of them.") { name, home, database, json };
        command.SetAction(parsed => ScheduleCommand.With(parsed, home, database, schedules =>
        {
            var row = schedules.Get(parsed.GetRequiredValue(name));
            var fires = schedules.History(row.Name, Most);
            if (parsed.GetValue(json)) Output.Json(fires.Select(ScheduleTexts.ForMachines));
            else TextTable.Show(["planned for", "why", "outcome", "run"], fires.Select(fire => (string[])[ScheduleTexts.Shown(row, fire.DueAt), ScheduleTexts.Cause(fire), ScheduleTexts.InWords(fire), fire.Run ?? ""]));
        }));
        return command;
    }
}
