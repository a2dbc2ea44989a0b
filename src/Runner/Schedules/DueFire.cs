using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Schedules;

/// <summary>What a schedule that is due asks for at a moment.</summary>
/// <param name="DueAt">The planned time that is dealt with: the last that has come.</param>
/// <param name="Missed">How many planned times have passed without a run.</param>
/// <param name="IsToRun">True when a run is to be started.</param>
/// <param name="Next">When it is due next; null for never.</param>
public sealed record DueFire(DateTimeOffset DueAt, int Missed, bool IsToRun, DateTimeOffset? Next)
{
    /// <summary>What is late by more was missed: the server was down, or the clock has jumped.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private const int MostCounted = 10_000;

    /// <summary>Decides. However many times have passed, at most one run stands for them, for a second one would find nothing new.</summary>
    /// <param name="due">The planned time that has come first.</param>
    /// <param name="now">The time, not before it.</param>
    /// <param name="misfire">What to do about times that were missed.</param>
    /// <param name="times">The planned times.</param>
    public static DueFire At(DateTimeOffset due, DateTimeOffset now, MisfirePolicy misfire, CronTimes times)
    {
        ArgumentNullException.ThrowIfNull(times);
        var planned = times.AllAfter(due).TakeWhile(time => time <= now).Take(MostCounted).Prepend(due).ToList();
        // The last that has come, however many there are.
        var last = times.AllAfter(now - Grace - TimeSpan.FromSeconds(1)).TakeWhile(time => time <= now).LastOrDefault(planned[^1]);
        var isOnTime = now - last <= Grace;
        var missed = planned.Count(time => time < last) + (isOnTime ? 0 : 1);
        return new DueFire(last, missed, isOnTime || misfire == MisfirePolicy.Run, times.After(now));
    }
}
