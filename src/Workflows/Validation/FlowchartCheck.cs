using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Validation;

/// <summary>Checks the connections of a flowchart: both ends exist, the outcome exists, and backward lines are loops.</summary>
internal static class FlowchartCheck
{
    public static IEnumerable<DefinitionProblem> Problems(string definitionId, Activity flowchart, StepCatalog catalog)
    {
        var activities = flowchart.Activities.GroupBy(activity => activity.Id).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var graph = new FlowGraph(flowchart);
        foreach (var connection in flowchart.Connections)
        {
            if (UnknownEnd(connection.Source, "source") is { } source) yield return source;
            else if (UnknownPort(connection) is { } port) yield return port;
            if (UnknownEnd(connection.Target, "target") is { } target) yield return target;
            else if (activities.ContainsKey(connection.Source) && IsReached(graph, connection.Source) && graph.IsBackward(connection) && !graph.IsLoop(connection))
                yield return new(definitionId, flowchart.Id, connection.Pointer, $"a line back from '{connection.Source}' to '{connection.Target}', past which '{connection.Source}' can be reached too", "a line back to an activity that every way passes", "connect to an activity before the branches part");

            DefinitionProblem? UnknownEnd(string id, string end) => activities.ContainsKey(id)
                ? null
                : new(definitionId, flowchart.Id, $"{connection.Pointer}/{end}/activity", $"'{id}'", "an activity of this flowchart", Spelling.Suggest(id, activities.Keys));
        }

        DefinitionProblem? UnknownPort(Connection connection)
        {
            var outcomes = OutcomesOf(activities[connection.Source], catalog);
            return outcomes is null || outcomes.Contains(connection.Port)
                ? null
                : new(definitionId, connection.Source, $"{connection.Pointer}/source/port", $"the outcome '{connection.Port}'", $"an outcome of {activities[connection.Source].Type}", Spelling.Suggest(connection.Port, outcomes));
        }
    }

    private static bool IsReached(FlowGraph graph, string activityId) => graph.Start?.Id == activityId || graph.ForwardInbound(activityId).Count > 0;

    /// <summary>The outcomes of an activity; null when they are not known before the run.</summary>
    private static IReadOnlyList<string>? OutcomesOf(Activity activity, StepCatalog catalog)
    {
        if (activity.Type == ActivityTypes.FlowFork) return null;
        if (catalog.TryFind(activity.Type, out var step)) return step.Declared.Outcomes;
        return ActivityTypes.Find(activity.Type)?.Outcomes;
    }
}
