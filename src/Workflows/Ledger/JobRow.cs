namespace ClusterSurvey.Workflows.Ledger;

/// <summary>What a job carries out.</summary>
public enum JobKind
{
    /// <summary>A run: what stands before, between and after its parallel loops.</summary>
    Run,

    /// <summary>One pass of a parallel loop of a run; in a survey one cluster.</summary>
    Pass,
}

/// <summary>How a job stands.</summary>
public enum JobState
{
    /// <summary>Some node shall take it, not before its time if it has one.</summary>
    Queued,

    /// <summary>A node has it.</summary>
    Running,

    /// <summary>A run that waits for its passes.</summary>
    Suspended,

    Done,

    /// <summary>It is not tried again by itself.</summary>
    Failed,

    /// <summary>A person has stopped it.</summary>
    Cancelled,
}

/// <summary>A piece of a run that some node carries out.</summary>
public sealed class JobRow
{
    /// <summary>The run's instance; for a pass, with the pass's path behind a blank.</summary>
    public required string Id { get; init; }

    /// <summary>The identity of the folder of runs, wherever a node has it mounted.</summary>
    public required string Home { get; init; }

    /// <summary>The run's instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The name of the run's folder.</summary>
    public required string Run { get; init; }

    public required JobKind Kind { get; init; }

    /// <summary>The path of the pass, <c>Workflow1:flow:each[3]</c>; empty for a run.</summary>
    public required string PassPath { get; init; }

    /// <summary>What the pass is about, in a survey the cluster; empty for a run.</summary>
    public required string Label { get; init; }

    public required JobState State { get; init; }

    /// <summary>True to compute also what is known.</summary>
    public bool Fresh { get; init; }

    /// <summary>How often a node has taken it. It is the fence: what a node writes of an earlier attempt is refused.</summary>
    public int Attempt { get; init; }

    /// <summary>How often it was put off because something failed that may heal.</summary>
    public int Failures { get; init; }

    /// <summary>How often a node that had it was lost.</summary>
    public int Losses { get; init; }

    /// <summary>The node that has it, or had it last.</summary>
    public string? Node { get; init; }

    /// <summary>Why it was put off, or failed, for people.</summary>
    public string? Message { get; init; }

    /// <summary>The fault of a pass that failed, as JSON.</summary>
    public string? Fault { get; init; }

    public required DateTimeOffset QueuedAt { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>A worker.</summary>
public sealed class NodeRow
{
    /// <summary>Machine, process and a random number.</summary>
    public required string Name { get; init; }

    /// <summary>The identity of the folder of runs that it works for.</summary>
    public required string Home { get; init; }

    public required string Machine { get; init; }

    public required int ProcessId { get; init; }

    /// <summary>How many jobs it carries out at the same time.</summary>
    public required int Slots { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last said that it is there, on its own clock.</summary>
    public required DateTimeOffset HeartbeatAt { get; init; }
}
