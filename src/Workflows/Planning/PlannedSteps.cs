using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Workflows.Engine;

namespace ClusterSurvey.Workflows.Planning;

/// <summary>
/// Finds results but computes none: a step whose result is not there gives pending values, and what needs those waits. Steps that only read what the
/// user gave, or hand values on, are run, so that the plan knows what follows.
/// </summary>
/// <param name="history">Earlier runs.</param>
/// <param name="scratch">Where the steps that a plan runs may write.</param>
/// <param name="fresh">True when the run is to compute everything.</param>
internal sealed class PlannedSteps(StepHistory history, ArtifactStore scratch, bool fresh) : IStepSource
{
    private readonly List<PlannedStep> planned = [];

    public IReadOnlyList<PlannedStep> Planned => planned;

    public StepResult Result(StepDescriptor step, IReadOnlyDictionary<string, JsonNode?> inputs, StepContext context, ActivityFrame frame)
    {
        var place = new Place(frame.Label ?? "", frame.Activity.Id, frame.Activity.DisplayName);
        var waits = inputs.Values.Select(Pending.StepIn).FirstOrDefault(upstream => upstream is not null);
        if (!step.Declared.Cached) return Uncached(step, inputs, context, place, waits);
        if (waits is not null) return Run(step, place, $"waits for {waits}", []);
        var call = StepCall.Bind(step, inputs, context.Seed, context.Files);
        if (!fresh && context.Store.Find(call.Key) is { } known)
        {
            planned.Add(new PlannedStep(place.Cluster, place.Name, step.TypeName, true, "", [], 0, 0));
            return known with { FromCache = true };
        }
        var (reason, changes) = fresh ? ("everything is to be computed", []) : Explain(place, call);
        return Run(step, place, reason, changes);
    }

    // A step of the whole survey needs all clusters, through the run's folder if not through its inputs.
    private StepResult Uncached(StepDescriptor step, IReadOnlyDictionary<string, JsonNode?> inputs, StepContext context, Place place, string? waits)
    {
        waits ??= planned.Find(other => !other.IsCached && other.Seconds != 0 && (place.Cluster.Length == 0 || other.Cluster == place.Cluster))?.Step;
        if (!step.Declared.RunsInPlan || waits is not null) return Run(step, place, waits is null ? "always runs" : $"always runs, after {waits}", []);
        planned.Add(new PlannedStep(place.Cluster, place.Name, step.TypeName, false, "always runs", [], 0, 0));
        return StepRunner.Run(step, inputs, new StepContext { Store = scratch, Seed = context.Seed, Run = context.Run, Files = context.Files, Cancellation = context.Cancellation });
    }

    private StepResult Run(StepDescriptor step, Place place, string reason, IReadOnlyList<FieldChange> changes)
    {
        var bytes = step.Declared.Cached ? history.Bytes(place.Cluster, place.ActivityId, step.TypeName) : 0;
        planned.Add(new PlannedStep(place.Cluster, place.Name, step.TypeName, false, reason, changes, history.Seconds(step.TypeName), bytes));
        var outputs = new JsonObject(step.Outputs.Select(output => KeyValuePair.Create(output.Name, (JsonNode?)Pending.From(place.Name))));
        return new StepResult("", step.TypeName, step.Declared.Version, [], step.Declared.Outcomes[0], outputs);
    }

    private (string Reason, IReadOnlyList<FieldChange> Changes) Explain(Place place, StepCall call)
    {
        if (history.Last(place.Cluster, place.ActivityId) is not { } last) return ("never ran for this cluster", []);
        if (last.Key == call.Key) return ("its result is gone or damaged", []);
        if (last.Result is null) return ("the record of its last run is gone", []);
        var changes = FieldChange.Between(last.Result.Ingredients, call.Ingredients);
        return (string.Join(", ", changes), changes);
    }

    /// <summary>Where a step stands: in which loop pass, as which activity.</summary>
    private readonly record struct Place(string Cluster, string ActivityId, string Name);
}
