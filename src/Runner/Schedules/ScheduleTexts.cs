using System.Globalization;
using System.Text.Json;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Schedules;

/// <summary>Schedules and their fires in words, for the terminal and the web.</summary>
internal static class ScheduleTexts
{
    /// <summary>The times of a schedule; null when it has none, for it watches a folder.</summary>
    public static CronTimes? TimesOf(ScheduleRow row) => row.Cron is { } cron ? CronTimes.Read(cron, row.TimeZone) : null;

    /// <summary>What a schedule waits for: its expression, or its folder.</summary>
    public static string Trigger(ScheduleRow row) => row.Cron ?? $"changes of {row.Watch}";

    /// <summary>A time on the clocks of a schedule.</summary>
    public static string Shown(ScheduleRow row, DateTimeOffset moment) => CronTimes.ShownIn(TimeZoneInfo.FindSystemTimeZoneById(row.TimeZone), moment);

    /// <summary>Who is told the end of its runs.</summary>
    public static IReadOnlyList<string> Notified(ScheduleRow row) => JsonSerializer.Deserialize<string[]>(row.Notify)!;

    /// <summary>When a schedule is due, on the clocks of its zone.</summary>
    public static string Due(ScheduleRow row) => row.IsPaused ? "paused" : row.Watch is not null ? "when it changes" : row.DueAt is { } due ? Shown(row, due) : "never again";

    /// <summary>Why a fire came about.</summary>
    public static string Cause(ScheduleFireRow fire) => fire.Cause switch { FireCause.RunNow => "asked for", FireCause.Watch => "maps changed", _ => "due" };

    /// <summary>What came of a fire, with what there is to say of it.</summary>
    public static string InWords(ScheduleFireRow fire) => More(fire) is { } more ? $"{Outcome(fire.State)} ({more})" : Outcome(fire.State);

    /// <summary>What there is to say of a fire beside its outcome; null for nothing.</summary>
    public static string? More(ScheduleFireRow fire)
    {
        var missed = fire.Missed > 0 && fire.State != FireState.Missed ? string.Create(CultureInfo.InvariantCulture, $"after {fire.Missed} missed") : null;
        var changes = fire.Changes is null ? null : $"since {fire.ComparedWith}: {fire.Changes}";
        return string.Join("; ", new[] { missed, fire.Message, changes, fire.NoticeProblem }.OfType<string>()) is { Length: > 0 } more ? more : null;
    }

    /// <summary>What came of a fire.</summary>
    public static string Outcome(FireState state) => state switch
    {
        FireState.Waiting => "waiting",
        FireState.Running => "running",
        FireState.Done => "done",
        FireState.DoneWithFailures => "done, with failures",
        FireState.Stopped => "stopped",
        FireState.TimedOut => "stopped at its time limit",
        FireState.Skipped => "skipped",
        FireState.Missed => "missed",
        _ => "failed",
    };

    /// <summary>A fire for machines.</summary>
    public static object ForMachines(ScheduleFireRow fire) => new
    {
        schedule = fire.Schedule, planned = fire.DueAt, cause = fire.Cause switch { FireCause.RunNow => "run-now", FireCause.Watch => "watch", _ => "cron" }, outcome = Outcome(fire.State), missed = fire.Missed, run = fire.Run,
        entered = fire.EnteredAt, started = fire.StartedAt, ended = fire.EndedAt, message = fire.Message, compared_with = fire.ComparedWith, changes = fire.Changes, not_told = fire.NoticeProblem,
    };
}
