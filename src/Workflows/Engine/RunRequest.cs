using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>What shall be run, and with what.</summary>
public sealed record RunRequest
{
    public required WorkflowDocument Definition { get; init; }

    /// <summary>Values of the definition's inputs; those that are absent take their defaults.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Inputs { get; init; } = new Dictionary<string, JsonNode?>();

    public required Seed Seed { get; init; }

    public required RunFolder RunFolder { get; init; }

    /// <summary>The files and folders that the run may read, beside the shipped data and its own folder: what its user has named.</summary>
    public IReadOnlyList<string> DataRoots { get; init; } = [];

    /// <summary>How many passes of parallel loops and branches of forks are in flight at the same time, in the whole run.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>True to compute every step even when its result is in the artifact store.</summary>
    public bool Fresh { get; init; }
}
