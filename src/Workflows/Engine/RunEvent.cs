namespace ClusterSurvey.Workflows.Engine;

/// <summary>
/// Something that happened in a run. Events come from several threads at once; one activity's events come in order.
/// </summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Path">The path of the activity in its instance.</param>
/// <param name="DisplayName">The designer's text for it.</param>
/// <param name="Label">The loop pass it belongs to (a cluster), outer passes first; null outside of loops.</param>
public abstract record RunEvent(string InstanceId, string Path, string DisplayName, string? Label);

/// <summary>A run, or a workflow called by a run, begins.</summary>
public sealed record RunStarted(string InstanceId, string Path, string DisplayName, string? Label) : RunEvent(InstanceId, Path, DisplayName, Label);

/// <summary>A run, or a workflow called by a run, has ended.</summary>
public sealed record RunFinished(string InstanceId, string Path, string DisplayName, string? Label, RunStatus Status) : RunEvent(InstanceId, Path, DisplayName, Label);

/// <summary>An activity begins.</summary>
public sealed record ActivityStarted(string InstanceId, string Path, string DisplayName, string? Label, string Type) : RunEvent(InstanceId, Path, DisplayName, Label);

/// <summary>A step has come so far.</summary>
public sealed record ActivityProgressed(string InstanceId, string Path, string DisplayName, string? Label, double Fraction, string Doing) : RunEvent(InstanceId, Path, DisplayName, Label);

/// <summary>An activity has written a line.</summary>
public sealed record ActivityWrote(string InstanceId, string Path, string DisplayName, string? Label, string Text) : RunEvent(InstanceId, Path, DisplayName, Label);

/// <summary>An activity has finished.</summary>
public sealed record ActivityCompleted(string InstanceId, string Path, string DisplayName, string? Label, string Type, bool FromCache) : RunEvent(InstanceId, Path, DisplayName, Label);

/// <summary>An activity has failed; when its input was at fault, the problems say what was wrong with it.</summary>
public sealed record ActivityFaulted(string InstanceId, string Path, string DisplayName, string? Label, string Type, string Message, string Remedy, IReadOnlyList<Activities.Problems.Problem> Problems) : RunEvent(InstanceId, Path, DisplayName, Label)
{
    /// <summary>The region in which it failed; null when it is not one region's failure.</summary>
    public string? Region { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; } = 1;
}

/// <summary>A step has failed in a way that may heal, and is tried again after a wait.</summary>
/// <param name="Attempt">The try that failed, the first being number 1.</param>
/// <param name="Wait">How long it waits.</param>
/// <param name="Message">What went wrong.</param>
public sealed record ActivityRetried(string InstanceId, string Path, string DisplayName, string? Label, int Attempt, TimeSpan Wait, string Message) : RunEvent(InstanceId, Path, DisplayName, Label);

/// <summary>A loop begins and has so many passes.</summary>
public sealed record LoopStarted(string InstanceId, string Path, string DisplayName, string? Label, int Passes) : RunEvent(InstanceId, Path, DisplayName, Label);

/// <summary>A pass of a loop is over; its path is that of the loop, with the pass's number.</summary>
public sealed record PassEnded(string InstanceId, string Path, string DisplayName, string? Label, bool Quarantined) : RunEvent(InstanceId, Path, DisplayName, Label);
