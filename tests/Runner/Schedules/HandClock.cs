namespace ClusterSurvey.Runner.Tests.Schedules;

/// <summary>A clock that a test sets. Its hands may jump; time that passes goes on evenly, as a machine's own counter does.</summary>
internal sealed class HandClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset now = now;
    private long passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => passed;

    /// <summary>Time passes.</summary>
    public void Pass(TimeSpan time)
    {
        now += time;
        passed += time.Ticks;
    }

    /// <summary>Somebody, or a time server, sets the hands.</summary>
    public void Jump(TimeSpan by) => now += by;
}
