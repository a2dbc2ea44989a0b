using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>
/// Walks through a flowchart as Elsa 3.8 does: each finished activity visits its outbound connections, followed or not; a
/// target whose inbound connections are all visited runs or is skipped, and a skip visits onward. Behind a fault nothing is
/// visited, but what is scheduled beside it still runs.
/// </summary>
internal sealed class FlowchartWalk
{
    private readonly ActivityFrame frame;
    private readonly VariableScope scope;
    private readonly FlowGraph graph;
    private readonly Dictionary<string, Activity> activities;
    private readonly Queue<(Activity Activity, bool ByBackwardLine)> scheduled = new();
    private readonly Dictionary<string, int> activityVisits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> executions = new(StringComparer.Ordinal);
    private readonly Dictionary<Connection, int> connectionVisits = [];
    private readonly HashSet<Connection> lastFollowed = [];
    private readonly HeldFaults faults = new();

    public FlowchartWalk(ActivityFrame frame)
    {
        this.frame = frame;
        scope = VariableScope.Of(frame.Activity.Variables, frame.Scope);
        graph = new FlowGraph(frame.Activity);
        activities = frame.Activity.Activities.ToDictionary(activity => activity.Id, StringComparer.Ordinal);
    }

    public void Walk()
    {
        if (graph.Start is null) return;
        scheduled.Enqueue((graph.Start, false));
        for (var place = 0; scheduled.TryDequeue(out var next); place++)
        {
            IReadOnlyList<string> outcomes = [];
            if (!faults.Hold(place, () => outcomes = Execute(next.Activity))) continue;
            if (next.Activity.Type == ActivityTypes.End) break;
            Leave(next.Activity, outcomes, next.ByBackwardLine);
        }
        faults.Throw(frame);
    }

    private IReadOnlyList<string> Execute(Activity activity)
    {
        var execution = executions[activity.Id] = executions.GetValueOrDefault(activity.Id) + 1;
        return frame.Execute(activity, scope, visit: execution);
    }

    private void Leave(Activity activity, IReadOnlyList<string> outcomes, bool byBackwardLine = false)
    {
        if (!byBackwardLine) activityVisits[activity.Id] = Visits(activity.Id) + 1;
        foreach (var connection in graph.Outbound(activity.Id))
        {
            var followed = outcomes.Contains(connection.Port, StringComparer.Ordinal);
            connectionVisits[connection] = connectionVisits.GetValueOrDefault(connection) + 1;
            if (followed) lastFollowed.Add(connection);
            else lastFollowed.Remove(connection);
            if (!graph.IsBackward(connection)) Decide(activities[connection.Target], connection);
            else if (followed) scheduled.Enqueue((activities[connection.Target], true));
        }
    }

    private void Decide(Activity target, Connection arriving)
    {
        var inbound = graph.ForwardInbound(target.Id);
        var mode = ActivityTypes.JoinModeOf(target);
        if (mode == JoinMode.WaitAny)
        {
            DecideAny(target, arriving, inbound);
            return;
        }
        if (!AllVisited(target, inbound)) return;
        var runs = mode == JoinMode.WaitAll ? inbound.All(lastFollowed.Contains) : inbound.Any(lastFollowed.Contains);
        if (runs) scheduled.Enqueue((target, false));
        else Leave(target, []);
    }

    private void DecideAny(Activity target, Connection arriving, IReadOnlyList<Connection> inbound)
    {
        var isOver = connectionVisits[arriving] <= Visits(target.Id);
        if (isOver || scheduled.Any(waiting => waiting.Activity == target)) return;
        if (inbound.Any(lastFollowed.Contains)) scheduled.Enqueue((target, false));
        else if (AllVisited(target, inbound)) Leave(target, []);
    }

    private bool AllVisited(Activity target, IReadOnlyList<Connection> inbound) => inbound.All(connection => connectionVisits.GetValueOrDefault(connection) > Visits(target.Id));

    private int Visits(string activityId) => activityVisits.GetValueOrDefault(activityId);
}
