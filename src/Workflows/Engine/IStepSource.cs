using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>Gives the results of steps.</summary>
internal interface IStepSource
{
    StepResult Result(StepDescriptor step, IReadOnlyDictionary<string, JsonNode?> inputs, StepContext context, ActivityFrame frame);
}

/// <summary>Finds results in the artifact store, and computes those that are not there.</summary>
/// <param name="fresh">True to compute all, once.</param>
/// <param name="freshPasses">True to compute all that belongs to a pass of a loop, once.</param>
internal sealed class ComputedSteps(bool fresh, bool freshPasses) : IStepSource
{
    // A cluster that two loops ask for the same is computed by the first.
    private readonly ConcurrentDictionary<string, bool> computed = new(StringComparer.Ordinal);

    public StepResult Result(StepDescriptor step, IReadOnlyDictionary<string, JsonNode?> inputs, StepContext context, ActivityFrame frame)
        => StepRunner.Run(step, inputs, context, key => (frame.Label is null ? fresh : freshPasses) && computed.TryAdd(key, true));
}
