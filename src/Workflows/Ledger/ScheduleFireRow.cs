namespace ClusterSurvey.Workflows.Ledger;

/// <summary>What made a schedule fire.</summary>
public enum FireCause
{
    Cron,

    /// <summary>The folder that it watches has changed.</summary>
    Watch,

    /// <summary>A person, who did not want to wait.</summary>
    RunNow,
}

/// <summary>How a fire of a schedule stands.</summary>
public enum FireState
{
    /// <summary>To be started as soon as the run before it has ended, or a server is there.</summary>
    Waiting,

    /// <summary>Its run is at work, or in the queue of the server.</summary>
    Running,

    Done,

    /// <summary>The run went to its end; clusters were set aside.</summary>
    DoneWithFailures,

    Failed,

    /// <summary>The run was stopped by a person.</summary>
    Stopped,

    /// <summary>The run was stopped because it took longer than it may.</summary>
    TimedOut,

    /// <summary>Not started, for the run before it was still at work.</summary>
    Skipped,

    /// <summary>Not started, for nobody was there at the time.</summary>
    Missed,
}

/// <summary>One fire of a schedule and what came of it.</summary>
public sealed class ScheduleFireRow
{
    public required string Id { get; init; }

    public required string Home { get; init; }

    public required string Schedule { get; init; }

    public required FireCause Cause { get; init; }

    /// <summary>The time for which it was planned; of several that were missed the last.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>How many planned times passed without a run, for which this one stands.</summary>
    public int Missed { get; init; }

    public required FireState State { get; init; }

    /// <summary>The id of the run; null when none was started.</summary>
    public string? Run { get; init; }

    /// <summary>When the run began to work; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended as it did, for people.</summary>
    public string? Message { get; init; }

    /// <summary>The id of the run with which its run was compared: the last one of the schedule that came to its end; null for none.</summary>
    public string? ComparedWith { get; init; }

    /// <summary>What changed from that run to this one, in one line.</summary>
    public string? Changes { get; init; }

    /// <summary>Who is still to be told the end, as a JSON list of addresses; null for nobody.</summary>
    public string? NoticesLeft { get; init; }

    public int NoticeTries { get; init; }

    /// <summary>Who could not be told, and why; null when all were.</summary>
    public string? NoticeProblem { get; init; }
}
