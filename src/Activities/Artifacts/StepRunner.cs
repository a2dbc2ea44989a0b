using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;

namespace ClusterSurvey.Activities.Artifacts;

/// <summary>Runs a step, or finds its result under the key of the call.</summary>
public static class StepRunner
{
    /// <param name="descriptor">The step.</param>
    /// <param name="inputs">Values by input name; inputs that are absent keep their defaults.</param>
    /// <param name="context">What the step finds around it.</param>
    /// <param name="isFresh">Whether the call of a key is computed even when a result is recorded; null for never.</param>
    public static StepResult Run(StepDescriptor descriptor, IReadOnlyDictionary<string, JsonNode?> inputs, StepContext context, Func<string, bool>? isFresh = null)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(context);
        var call = StepCall.Bind(descriptor, inputs, context.Seed, context.Files);
        var fresh = isFresh is not null && isFresh(call.Key);
        var known = descriptor.Declared.Cached && !fresh ? context.Store.Find(call.Key) : null;
        return known is null ? call.Compute(context, fresh) : known with { FromCache = true };
    }
}
