using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Runner.Schedules;

/// <summary>What carries out the runs that schedules start.</summary>
public interface IRunQueue
{
    /// <summary>Enters a run whose inputs are checked already.</summary>
    /// <returns>Its folder.</returns>
    RunFolder Enter(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> inputs, Seed seed);

    /// <summary>True for a run that waits or is at work.</summary>
    bool IsActive(RunFolder folder);

    /// <summary>True for a run that is at work.</summary>
    bool IsAtWork(RunFolder folder);

    /// <summary>Stops a run that waits or is at work.</summary>
    void Stop(RunFolder folder);
}
