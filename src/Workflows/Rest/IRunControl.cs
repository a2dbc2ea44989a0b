using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>What the REST face asks of whoever runs definitions.</summary>
public interface IRunControl
{
    /// <summary>Enters a run and lets it begin in the background.</summary>
    /// <returns>The id of its instance.</returns>
    /// <exception cref="Activities.Problems.BadInputException">The definition or its inputs are wrong: nothing was entered.</exception>
    string Start(WorkflowDocument definition, IReadOnlyDictionary<string, JsonNode?> inputs);

    /// <summary>Stops a run for good; one that has ended stays as it is.</summary>
    /// <returns>True when it was running or waiting.</returns>
    bool Cancel(string instanceId);
}
