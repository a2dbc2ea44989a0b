using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;

namespace ClusterSurvey.Activities.Artifacts;

/// <summary>Runs a step, or finds its result under the key of the call.</summary>
public static class StepRunner
{
    /// <param name="descriptor">The step.</param>
    /// <param name="inputs">Values by input name; inputs that are absent keep their defaults.</param>
    /// <param name="context">What the step finds around it.</param>
    /// <param name="fresh">True to compute even when a result is recorded.</param>
    public static StepResult Run(StepDescriptor descriptor, IReadOnlyDictionary<string, JsonNode?> inputs, StepContext context, bool fresh = false)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(context);
        var call = StepCall.Bind(descriptor, inputs, context.Seed, context.Files);
        var known = descriptor.Declared.Cached && !fresh ? context.Store.Find(call.Key) : null;
        return known is null ? call.Compute(context, fresh) : known with { FromCache = true };
    }
}
