using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>
/// The connections of a flowchart, seen from its start. A connection is backward when, in a breadth-first search from the
/// start, its target already leads to its source.
/// </summary>
public sealed class FlowGraph
{
    private readonly Dictionary<string, List<Connection>> outbound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Connection>> forwardInbound = new(StringComparer.Ordinal);
    private readonly HashSet<Connection> forward = [];

    public FlowGraph(Activity flowchart)
    {
        Start = StartOf(flowchart);
        var ids = flowchart.Activities.Select(activity => activity.Id).ToHashSet(StringComparer.Ordinal);
        // A line to or from an activity that is not there leads nowhere.
        foreach (var connection in flowchart.Connections.Where(connection => ids.Contains(connection.Source) && ids.Contains(connection.Target)))
            ListOf(outbound, connection.Source).Add(connection);
        if (Start is not null) FindForward(Start.Id);
        foreach (var connection in flowchart.Connections.Where(forward.Contains)) ListOf(forwardInbound, connection.Target).Add(connection);
    }

    /// <summary>The first of: a Start, an activity marked to start the workflow, one without inbound connections, any.</summary>
    public Activity? Start { get; }

    public IReadOnlyList<Connection> Outbound(string activityId) => outbound.GetValueOrDefault(activityId) ?? [];

    public IReadOnlyList<Connection> ForwardInbound(string activityId) => forwardInbound.GetValueOrDefault(activityId) ?? [];

    public bool IsBackward(Connection connection) => !forward.Contains(connection);

    /// <summary>True when every way from the start to the source of a backward connection passes its target: only then it is a loop.</summary>
    public bool IsLoop(Connection backward) => Start is not null && (backward.Target == Start.Id || !ReachesAvoiding(Start.Id, backward.Source, backward.Target));

    private static Activity? StartOf(Activity flowchart)
    {
        var targets = flowchart.Connections.Select(connection => connection.Target).ToHashSet(StringComparer.Ordinal);
        return flowchart.Activities.FirstOrDefault(activity => activity.Type == ActivityTypes.Start)
            ?? flowchart.Activities.FirstOrDefault(activity => activity.CanStartWorkflow)
            ?? flowchart.Activities.FirstOrDefault(activity => !targets.Contains(activity.Id))
            ?? (flowchart.Activities.Count > 0 ? flowchart.Activities[0] : null);
    }

    private void FindForward(string start)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { start };
        var waiting = new Queue<string>([start]);
        while (waiting.TryDequeue(out var source))
        {
            foreach (var connection in Outbound(source))
            {
                if (Leads(connection.Target, source)) continue;
                forward.Add(connection);
                if (seen.Add(connection.Target)) waiting.Enqueue(connection.Target);
            }
        }
    }

    private bool Leads(string from, string to) => from == to || Reaches(from, to, connection => forward.Contains(connection));

    private bool ReachesAvoiding(string from, string to, string avoided) => Reaches(from, to, connection => forward.Contains(connection) && connection.Target != avoided);

    private bool Reaches(string from, string to, Func<Connection, bool> allowed)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        var waiting = new Stack<string>([from]);
        while (waiting.TryPop(out var current))
        {
            if (current == to) return true;
            foreach (var connection in Outbound(current).Where(allowed))
                if (seen.Add(connection.Target)) waiting.Push(connection.Target);
        }
        return false;
    }

    private static List<Connection> ListOf(Dictionary<string, List<Connection>> lists, string id) => lists.TryGetValue(id, out var list) ? list : lists[id] = [];
}
