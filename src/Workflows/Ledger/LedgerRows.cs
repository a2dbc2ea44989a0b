namespace ClusterSurvey.Workflows.Ledger;

/// <summary>A version of a definition, as it was when something ran it or saved it.</summary>
public sealed class DefinitionRow
{
    /// <summary>The id of the version.</summary>
    public required string Id { get; init; }

    public required string DefinitionId { get; init; }

    public required string Name { get; init; }

    public required int Version { get; init; }

    public required bool IsLatest { get; set; }

    public required bool IsPublished { get; set; }

    public required string Json { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>One run of a definition, or of a definition called by another.</summary>
public sealed class InstanceRow
{
    public required string Id { get; init; }

    public required string DefinitionId { get; init; }

    public required string DefinitionVersionId { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    /// <summary>The instance that called this one; null for a run.</summary>
    public string? ParentInstanceId { get; init; }

    /// <summary>The path of the activity that called it.</summary>
    public string? ParentPath { get; init; }

    /// <summary>What the loop pass is about in which this instance was called; null outside of loops.</summary>
    public string? Label { get; init; }

    /// <summary>Elsa's word: Running or Finished.</summary>
    public required string Status { get; set; }

    /// <summary>Elsa's word: Pending, Executing, Finished, Faulted, Cancelled or Interrupted.</summary>
    public required string SubStatus { get; set; }

    /// <summary>The inputs, as a JSON object.</summary>
    public required string Inputs { get; init; }

    /// <summary>The outputs, as a JSON object.</summary>
    public required string Outputs { get; set; }

    /// <summary>The run's seed in decimal digits.</summary>
    public required string Seed { get; init; }

    public required string RunFolder { get; init; }

    /// <summary>The version of every definition that the run can reach, as a JSON object from id to version id.</summary>
    public required string Definitions { get; init; }

    public required int IncidentCount { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>What a record tells about an activity.</summary>
public enum RecordPhase
{
    /// <summary>A container has evaluated its inputs and begun.</summary>
    Started,

    /// <summary>An activity has finished; it is never run again.</summary>
    Finished,
}

/// <summary>Append-only: an activity began (containers) or finished, with everything that a resumed run needs of it.</summary>
public sealed class ActivityRow
{
    public required string InstanceId { get; init; }

    /// <summary>The place in the order of everything that happened in the instance.</summary>
    public required long Sequence { get; init; }

    /// <summary>Ids with loop index and visit number: <c>Workflow1:flow1:each1[7]:body1:spec1#2</c>.</summary>
    public required string Path { get; init; }

    public required RecordPhase Phase { get; init; }

    public required string ActivityId { get; init; }

    public required string NodeId { get; init; }

    public required string Type { get; init; }

    public required int TypeVersion { get; init; }

    public required string Name { get; init; }

    /// <summary>The outcomes, as a JSON list of text.</summary>
    public required string Outcomes { get; init; }

    /// <summary>Assignments, as a JSON object: variable id to value, and <c>output:</c> + name to value for workflow outputs.</summary>
    public required string Effects { get; init; }

    public required string Inputs { get; init; }

    public required string Outputs { get; init; }

    /// <summary>What the loop pass is about in which the activity ran, outer passes first; null outside of loops.</summary>
    public string? Label { get; init; }

    /// <summary>The artifact key of a step.</summary>
    public string? Key { get; init; }

    public bool FromCache { get; init; }

    /// <summary>True when a later resume has made the record void: the activity runs again.</summary>
    public bool Superseded { get; set; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }
}

/// <summary>One line of the journal: Started, Completed, Retried, Faulted, or an activity's own word.</summary>
public sealed class JournalRow
{
    public required string InstanceId { get; init; }

    public required long Sequence { get; init; }

    public required string Path { get; init; }

    public required string ActivityId { get; init; }

    public required string NodeId { get; init; }

    public required string Type { get; init; }

    public required int TypeVersion { get; init; }

    public required string Name { get; init; }

    public required string EventName { get; init; }

    public string? Message { get; init; }

    public required DateTimeOffset Timestamp { get; init; }
}

/// <summary>A fault: where, about which cluster, what went wrong, what to do.</summary>
public sealed class IncidentRow
{
    public required string InstanceId { get; init; }

    public required long Sequence { get; init; }

    /// <summary>The path, in its own instance, of the activity that faulted.</summary>
    public required string Path { get; init; }

    public required string ActivityId { get; init; }

    public required string NodeId { get; init; }

    public required string Type { get; init; }

    /// <summary>The activity's name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The activity in which the fault arose: another one than the above when it arose in a called workflow.</summary>
    public required string StepType { get; init; }

    public required string StepName { get; init; }

    /// <summary>The loop pass (a cluster), outer passes first; null outside of loops.</summary>
    public string? Label { get; init; }

    /// <summary>The path of the loop pass that was quarantined; null when the fault ended the instance.</summary>
    public string? PassPath { get; init; }

    public required string Message { get; init; }

    public required string ExceptionType { get; init; }

    public string? StackTrace { get; init; }

    public required string Remedy { get; init; }

    /// <summary>The part of the step, in a survey the region, in which it failed; null when it is not one part's failure.</summary>
    public string? Region { get; init; }

    /// <summary>How often the step was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>True when a later resume tried again.</summary>
    public bool Resolved { get; set; }

    public required DateTimeOffset Timestamp { get; init; }
}
