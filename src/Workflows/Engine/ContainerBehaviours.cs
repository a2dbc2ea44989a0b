using System.Text.Json;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>One activity after another; End ends it.</summary>
internal sealed class SequenceBehaviour : Behaviour
{
    public override bool MayChangeOutside => true;

    public override IReadOnlyList<string> Execute(ActivityFrame frame)
    {
        var scope = VariableScope.Of(frame.Activity.Variables, frame.Scope);
        foreach (var activity in frame.Activity.Activities)
        {
            frame.Execute(activity, scope);
            if (activity.Type == ActivityTypes.End) break;
        }
        return Done;
    }
}

internal sealed class IfBehaviour : Behaviour
{
    public override bool MayChangeOutside => true;

    public override IReadOnlyList<string> Execute(ActivityFrame frame)
    {
        var holds = WorkflowValue.Holds(frame.EvaluateOnce("Condition") ?? WorkflowValue.Null);
        if (frame.Activity.Port(holds ? "Then" : "Else") is { } chosen) frame.Execute(chosen, frame.Scope);
        if (!frame.IsReplay) frame.SetOutput("Result", WorkflowValue.Of(holds));
        return Done;
    }
}

internal sealed class ForEachBehaviour : Behaviour
{
    public override bool MayChangeOutside => true;

    public override IReadOnlyList<string> Execute(ActivityFrame frame)
    {
        var items = Loop.Begin(frame);
        if (frame.Activity.Port("Body") is not { } body) return Done;
        for (var index = 0; index < items.Length; index++)
        {
            if (!frame.IsReplay) frame.SetOutput(VariableScope.CurrentValue, items[index]);
            var label = Loop.LabelOf(items[index], frame.Label);
            frame.Execute(body, VariableScope.OfPass(frame.Scope, items[index], index, isParallel: false), Loop.IndexOf(index), childLabel: label);
            if (!frame.IsReplay) frame.Instance.Report(new PassEnded(frame.InstanceId, frame.Path + Loop.IndexOf(index), frame.Activity.DisplayName, label, false));
        }
        return Done;
    }
}

/// <summary>
/// Passes side by side; one that faults does not stop the others. When the definition continues with incidents, that pass is recorded and left out, and
/// the workflow goes on behind the loop; unless nothing can be written any more.
/// </summary>
internal sealed class ParallelForEachBehaviour : Behaviour
{
    public override IReadOnlyList<string> Execute(ActivityFrame frame)
    {
        var items = Loop.Begin(frame);
        IReadOnlyDictionary<string, FaultRecord>? elsewhere = null;
        if (frame.IsInTheRunItself && frame.Instance.Run.SharedLoops is { } shared)
        {
            elsewhere = shared.Enter(frame, items);
            if (elsewhere is null) return Done;
        }
        var faults = new HeldFaults();
        if (frame.Activity.Port("Body") is { } body)
            ParallelPasses.Run(items.Length, frame.Instance.Run.Slots, (index, cancellation) => faults.Hold(index, () => Pass(frame, body, items[index], index, elsewhere, cancellation)), frame.Cancellation);
        faults.Throw(frame);
        return Done;
    }

    /// <summary>Carries out one pass.</summary>
    public static void Carry(ActivityFrame frame, Activity body, JsonElement item, int index, string label, CancellationToken cancellation)
        => EngineTelemetry.Pass(frame, label, () => frame.Execute(body, VariableScope.OfPass(frame.Scope, item, index, isParallel: true), Loop.IndexOf(index), childLabel: label, childCancellation: cancellation));

    private static void Pass(ActivityFrame frame, Activity body, JsonElement item, int index, IReadOnlyDictionary<string, FaultRecord>? elsewhere, CancellationToken cancellation)
    {
        var label = Loop.LabelOf(item, frame.Label);
        var passPath = frame.Path + Loop.IndexOf(index);
        var quarantined = false;
        try
        {
            // What has failed on another node was tried there as often as it may be.
            if (elsewhere?.GetValueOrDefault(passPath) is { } failed) throw frame.FaultedElsewhere(failed, passPath, label);
            Carry(frame, body, item, index, label, cancellation);
        }
        catch (ActivityFault fault) when (frame.Instance.Document.ContinuesWithIncidents && !fault.EndsTheRun)
        {
            quarantined = true;
            frame.Instance.Journal.Incident(fault, passPath);
        }
        frame.Instance.Report(new PassEnded(frame.InstanceId, passPath, frame.Activity.DisplayName, label, quarantined));
    }
}

/// <summary>Branches side by side; all must end, and one that faults does not stop the others.</summary>
internal sealed class ForkBehaviour : Behaviour
{
    public override bool MayChangeOutside => true;

    public override IReadOnlyList<string> Execute(ActivityFrame frame)
    {
        var branches = frame.Activity.Branches;
        var faults = new HeldFaults();
        ParallelPasses.Run(
            branches.Count, frame.Instance.Run.Slots, (index, cancellation) => faults.Hold(index, () => frame.Execute(branches[index], frame.Scope, childCancellation: cancellation)), frame.Cancellation);
        faults.Throw(frame);
        return Done;
    }
}

/// <summary>What the loops share.</summary>
internal static class Loop
{
    private const int LongestLabel = 60;

    public static JsonElement[] Begin(ActivityFrame frame)
    {
        JsonElement[] items = [.. WorkflowValue.ToItems(frame.EvaluateOnce("Items") ?? WorkflowValue.Null).EnumerateArray()];
        if (!frame.IsReplay) frame.Instance.Report(new LoopStarted(frame.InstanceId, frame.Path, frame.Activity.DisplayName, frame.Label, items.Length));
        return items;
    }

    public static string IndexOf(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{index}]");

    /// <summary>A pass is named by the <c>name</c> of its value when that is an object (a row of a sample), else by the value's text.</summary>
    public static string LabelOf(JsonElement item, string? outer)
    {
        var text = WorkflowValue.ToText(item.ValueKind == JsonValueKind.Object && NameOf(item) is { } name ? name : item);
        if (text.Length > LongestLabel) text = $"{text[..LongestLabel]}...";
        return outer is null ? text : $"{outer} / {text}";
    }

    private static JsonElement? NameOf(JsonElement item)
    {
        foreach (var member in item.EnumerateObject())
            if (member.Name.Equals("name", StringComparison.OrdinalIgnoreCase) && member.Value.ValueKind == JsonValueKind.String) return member.Value;
        return null;
    }
}
