using System.Text.Json.Nodes;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>How a run has ended.</summary>
public enum RunStatus
{
    Finished,

    /// <summary>The run went to its end; passes of parallel loops that failed were left out.</summary>
    FinishedWithFailures,

    /// <summary>A fault ended the run.</summary>
    Faulted,

    /// <summary>The run was stopped from outside and can be resumed.</summary>
    Interrupted,
}

/// <summary>A fault of a run.</summary>
/// <param name="Label">The loop pass (a cluster), outer passes first; null outside of loops.</param>
/// <param name="StepType">The activity type that failed.</param>
/// <param name="StepName">The name for people of the activity that failed.</param>
/// <param name="Path">Its path.</param>
/// <param name="Region">The part of the step, in a survey the region; null when the fault is not one part's.</param>
/// <param name="Attempts">How often the step was tried.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record RunIncident(string? Label, string StepType, string StepName, string Path, string? Region, int Attempts, string Message, string Remedy);

/// <summary>What came of a run.</summary>
public sealed record RunOutcome(string InstanceId, RunStatus Status, IReadOnlyDictionary<string, JsonNode?> Outputs, IReadOnlyList<RunIncident> Incidents)
{
    /// <summary>True for a run that a fault ended because nothing can be written: there is nothing wrong with the run.</summary>
    public bool IsOfTheMachine { get; init; }

    /// <summary>Elsa's word for it.</summary>
    public string SubStatus => Status == RunStatus.FinishedWithFailures ? nameof(RunStatus.Finished) : Status.ToString();
}
