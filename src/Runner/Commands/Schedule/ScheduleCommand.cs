using System.CommandLine;
using ClusterSurvey.Runner.Schedules;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Commands.Schedule;

/// <summary>schedule list|add|pause|resume|remove|run-now|history: what is run by itself, and when.</summary>
internal static class ScheduleCommand
{
    public static Command Make() => new("schedule", "Has surveys run by themselves; the server of their folder (serve --data DIR) starts them.")
    {
        ListSchedules.Make(), AddSchedule.Make(), Pause(), Resume(), Remove(), RunNow(), ScheduleHistory.Make(),
    };

    /// <summary>The name of a schedule.</summary>
    public static Argument<string> Name() => new("name") { Description = "name of the schedule" };

    /// <summary>Does something with the schedules of a folder.</summary>
    public static int With(ParseResult parsed, Option<string?> home, Option<string?> database, Action<ScheduleBook> act)
    {
        var runs = CommonOptions.HomeOf(parsed, home, database);
        using var ledger = runs.OpenLedger();
        act(runs.SchedulesIn(ledger));
        return ExitCode.Done;
    }

    private static Command Pause() => Change("pause", "Lets a schedule rest; what would have been due meanwhile is not made up for.", (schedules, row) =>
    {
        schedules.Pause(row.Name);
        return $"{row.Name}: paused";
    });

    private static Command Resume() => Change("resume", "Ends the rest of a schedule.", (schedules, row) =>
    {
        var (times, now) = (ScheduleTexts.TimesOf(row), TimeProvider.System.GetUtcNow());
        var due = row.IsPaused ? times?.After(now) : row.DueAt;
        schedules.Resume(row.Name, due);
        return $"{row.Name}: due {ScheduleTexts.Due(schedules.Get(row.Name))}";
    });

    private static Command Remove() => Change("remove", "Removes a schedule with its history; its runs stay.", (schedules, row) =>
    {
        schedules.Remove(row.Name);
        return $"{row.Name}: removed";
    });

    private static Command RunNow() => Change("run-now", "Has a schedule run as soon as its last run has ended, whenever it is due.", (schedules, row) =>
    {
        schedules.RunNow(row.Name, TimeProvider.System.GetUtcNow());
        return $"{row.Name}: asked for; the server of this folder starts it within seconds, or as soon as there is one (clustersurvey serve)";
    });

    private static Command Change(string verb, string description, Func<ScheduleBook, ScheduleRow, string> change)
    {
        var name = Name();
        var (home, database) = (CommonOptions.Home(), CommonOptions.Database());
        var command = new Command(verb, description) { name, home, database };
        command.SetAction(parsed => With(parsed, home, database, schedules => Output.Result(change(schedules, schedules.Get(parsed.GetRequiredValue(name))))));
        return command;
    }
}
