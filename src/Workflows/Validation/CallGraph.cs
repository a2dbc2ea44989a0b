using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Validation;

/// <summary>Which definitions call which, from one of them on.</summary>
internal sealed class CallGraph
{
    private readonly DefinitionLibrary library;

    public CallGraph(WorkflowDocument definition, DefinitionLibrary library)
    {
        this.library = library;
        Visit(definition, []);
    }

    /// <summary>The definitions that can be reached, by id.</summary>
    public Dictionary<string, WorkflowDocument> Reached { get; } = new(StringComparer.Ordinal);

    public List<DefinitionProblem> Problems { get; } = [];

    private void Visit(WorkflowDocument definition, List<string> callers)
    {
        if (!Reached.TryAdd(definition.DefinitionId, definition)) return;
        List<string> chain = [.. callers, definition.DefinitionId];
        foreach (var (activity, called, pointer) in Calls(definition))
        {
            if (chain.Contains(called)) Problems.Add(new DefinitionProblem(definition.DefinitionId, activity.Id, pointer, $"a call of '{called}', which is running already ({string.Join(" -> ", [.. chain, called])})", "workflows that do not call themselves", "use a loop"));
            else if (library.TryFind(called, out var next) && next.DefinitionId == called) Visit(next, chain);
            else Problems.Add(new DefinitionProblem(definition.DefinitionId, activity.Id, pointer, $"'{called}'", "the id of a definition in the library", Spelling.Suggest(called, [.. library.All.Select(known => known.DefinitionId)])));
        }
    }

    private static IEnumerable<(Activity Activity, string Called, string Pointer)> Calls(WorkflowDocument definition)
        => from activity in definition.Activities
           where activity.Type == ActivityTypes.DispatchWorkflow
           let target = activity.Input("WorkflowDefinitionId")
           where target is { Type: Expression.Literal, Text.Length: > 0 }
           select (activity, target.Text!, target.Pointer);
}
