using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Engine;

namespace ClusterSurvey.Workflows.Planning;

/// <summary>
/// Finds results but computes none: a step whose result is not there gives pending values, and what needs those waits. Steps that take no time are run,
/// so that the plan knows what follows: their artifacts go to the store of the plan.
/// </summary>
/// <param name="history">Earlier runs.</param>
/// <param name="fresh">True when the run is to compute everything.</param>
internal sealed class PlannedSteps(StepHistory history, bool fresh) : IStepSource
{
    private readonly List<PlannedStep> planned = [];

    // What a cluster was asked for, and what it will give: two loops may ask the same of it.
    private readonly Dictionary<string, StepResult> asked = new(StringComparer.Ordinal);

    public IReadOnlyList<PlannedStep> Planned => planned;

    public StepResult Result(StepDescriptor step, IReadOnlyDictionary<string, JsonNode?> inputs, StepContext context, ActivityFrame frame)
    {
        var place = new Place(frame.Label ?? "", frame.Activity.Id, frame.Activity.DisplayName);
        var known = KnownInputs(step, inputs, out var waitingParts);
        var waits = known.Values.Select(Pending.StepIn).FirstOrDefault(upstream => upstream is not null);
        if (!step.Declared.Cached) return Uncached(step, inputs, context, place, waits);
        var question = string.Join('\n', place.Cluster, step.TypeName, SurveyJson.Canonical(new JsonObject(inputs.Select(input => KeyValuePair.Create(input.Key, input.Value?.DeepClone())))));
        return asked.TryGetValue(question, out var answer) ? answer : asked[question] = Cached(step, known, waitingParts, context, place, waits);
    }

    private StepResult Cached(
        StepDescriptor step, Dictionary<string, JsonNode?> known, IReadOnlyDictionary<string, string> waitingParts, StepContext context, Place place, string? waits)
    {
        if (waits is not null) return Run(step, place, $"waits for {waits}", []);
        var call = StepCall.Bind(step, known, context.Seed, context.Files);
        if (!fresh && waitingParts.Count == 0 && context.Store.Find(call.Key) is { } result)
        {
            planned.Add(new PlannedStep(place.Cluster, place.Name, step.TypeName, true, "", [], 0, 0));
            return result with { FromCache = true };
        }
        var (reason, changes) = fresh ? ("everything is to be computed", []) : Explain(place, call);
        if (typeof(PartwiseStep).IsAssignableFrom(step.Type)) return RunInParts(step, call, context.Store, place, waitingParts);
        return step.Declared.RunsInPlan ? RunAtOnce(step, known, context, place, (reason, changes)) : Run(step, place, reason, changes);
    }

    // A step of the whole survey needs all clusters, through the run's folder if not through its inputs.
    private StepResult Uncached(StepDescriptor step, IReadOnlyDictionary<string, JsonNode?> inputs, StepContext context, Place place, string? waits)
    {
        waits ??= planned.Find(other => !other.IsCached && other.Seconds != 0 && (place.Cluster.Length == 0 || other.Cluster == place.Cluster))?.Step;
        if (!step.Declared.RunsInPlan || waits is not null) return Run(step, place, waits is null ? "always runs" : $"always runs, after {waits}", []);
        planned.Add(new PlannedStep(place.Cluster, place.Name, step.TypeName, false, "always runs", [], 0, 0));
        return StepRunner.Run(step, inputs, context);
    }

    private StepResult RunAtOnce(StepDescriptor step, IReadOnlyDictionary<string, JsonNode?> inputs, StepContext context, Place place, (string, IReadOnlyList<FieldChange>) why)
    {
        try
        {
            var result = StepRunner.Run(step, inputs, context);
            Run(step, place, why.Item1, why.Item2);
            return result;
        }
        catch (BadInputException bad)
        {
            return Run(step, place, $"will fail: {bad.Problems[0]}", why.Item2);
        }
    }

    private StepResult RunInParts(StepDescriptor step, StepCall call, ArtifactStore store, Place place, IReadOnlyDictionary<string, string> waiting)
    {
        var calls = call.Parts(store);
        var parts = calls.Select(part => Plan(part, store, place))
            .Concat(waiting.Select(part => new PlannedPart(part.Key, false, $"waits for {part.Value}", [])))
            .OrderBy(part => part.Name, StringComparer.Ordinal).ToArray();
        var missing = parts.Where(part => !part.IsCached).ToArray();
        var share = parts.Length == 0 ? 0 : (double)missing.Length / parts.Length;
        var changes = missing.SelectMany(part => part.Changes).Distinct().ToArray();
        var result = Run(step, place, InWords(parts, missing), changes);
        var entry = planned[^1];
        planned[^1] = entry with { Parts = parts, Seconds = entry.Seconds * share, Bytes = (long?)(entry.Bytes * share) };
        foreach (var output in step.Outputs.Where(output => output.Declared.ByPart))
            result.Outputs[output.Name] = new JsonObject(parts.Select(part => KeyValuePair.Create(part.Name, OutputOf(part, output.Name))));
        return result;

        JsonNode? OutputOf(PlannedPart part, string output)
            => part.IsCached ? store.Recorded(calls.First(other => other.Name == part.Name).Key)!.Outputs[output]?.DeepClone() : Pending.From(place.Name);
    }

    private PlannedPart Plan(PartCall part, ArtifactStore store, Place place)
    {
        if (fresh) return new PlannedPart(part.Name, false, "everything is to be computed", []);
        if (store.Find(part.Key) is not null) return new PlannedPart(part.Name, true, "", []);
        if (history.Last(place.Cluster, place.ActivityId) is not { Result: { } last }) return new PlannedPart(part.Name, false, "never ran for this cluster", []);
        if (last.Parts?.GetValueOrDefault(part.Name) is not { } key) return new PlannedPart(part.Name, false, "was not there in the last run", []);
        if (key == part.Key) return new PlannedPart(part.Name, false, "its result is gone or damaged", []);
        if (history.Ingredients(key) is not { } ingredients) return new PlannedPart(part.Name, false, "the record of its last run is gone", []);
        var changes = FieldChange.Between(ingredients, part.Ingredients);
        return new PlannedPart(part.Name, false, string.Join(", ", changes), changes);
    }

    private static string InWords(PlannedPart[] parts, PlannedPart[] missing)
    {
        if (missing.Length == 0) return "its parts are known and only put together";
        var reasons = missing.GroupBy(part => part.Reason).ToArray();
        if (reasons.Length == 1 && missing.Length == parts.Length) return reasons[0].Key;
        return string.Join("; ", reasons.Select(reason => $"{string.Join(", ", reason.Select(part => part.Name))}: {reason.Key}"));
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

    // What an input holds by part may be known for some parts, and wait for others.
    private static Dictionary<string, JsonNode?> KnownInputs(StepDescriptor step, IReadOnlyDictionary<string, JsonNode?> inputs, out IReadOnlyDictionary<string, string> waiting)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var known = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (name, value) in inputs)
        {
            if (!step.Inputs.Any(input => input.Name == name && input.Declared.ByPart))
            {
                known[name] = value;
                continue;
            }
            (known[name], var later) = Pending.Split(value);
            foreach (var (part, upstream) in later) parts.TryAdd(part, upstream);
        }
        waiting = parts;
        return known;
    }

    /// <summary>Where a step stands: in which loop pass, as which activity.</summary>
    private readonly record struct Place(string Cluster, string ActivityId, string Name);
}
