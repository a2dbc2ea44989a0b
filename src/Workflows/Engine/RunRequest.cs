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

    /// <summary>How much is done at the same time.</summary>
    public Parallelism Parallelism { get; init; } = Parallelism.None;

    /// <summary>True to compute every step even when its result is in the artifact store.</summary>
    public bool Fresh { get; init; }
}

/// <summary>How much of a run is done at the same time.</summary>
/// <param name="Passes">Passes of parallel loops and branches of forks in flight, in the whole run.</param>
/// <param name="Threads">Threads that a step may use; as many more for each pass that could be in flight and is not.</param>
public sealed record Parallelism(int Passes, int Threads)
{
    /// <summary>One thing after another.</summary>
    public static Parallelism None { get; } = new(1, 1);
}

/// <summary>A run that several nodes share, and how this one works at it.</summary>
public sealed record SharedWork
{
    /// <summary>The run's instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Its folder, where this node finds it.</summary>
    public required RunFolder RunFolder { get; init; }

    /// <summary>The files and folders that the run may read, beside the shipped data and its own folder.</summary>
    public required IReadOnlyList<string> DataRoots { get; init; }

    /// <summary>How much is done at the same time.</summary>
    public required Parallelism Parallelism { get; init; }

    /// <summary>True to compute every step even when its result is in the artifact store.</summary>
    public bool Fresh { get; init; }

    /// <summary>Told what happens, from several threads.</summary>
    public IProgress<RunEvent>? Progress { get; init; }
}
