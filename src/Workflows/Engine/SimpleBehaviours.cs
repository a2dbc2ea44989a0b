using System.Text.Json;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>Start, End and FlowJoin: what they mean is the flowchart's business.</summary>
internal sealed class MilestoneBehaviour : Behaviour
{
    public override IReadOnlyList<string> Execute(ActivityFrame frame) => Done;
}

internal sealed class FlowDecisionBehaviour : Behaviour
{
    public override IReadOnlyList<string> Execute(ActivityFrame frame) => [WorkflowValue.Holds(frame.Evaluate("Condition") ?? WorkflowValue.Null) ? "True" : "False"];
}

/// <summary>Follows the branches that its input names; without names, its outcome is Done.</summary>
internal sealed class FlowForkBehaviour : Behaviour
{
    public override IReadOnlyList<string> Execute(ActivityFrame frame)
        => frame.Evaluate("Branches") is { ValueKind: not JsonValueKind.Null } branches ? [.. WorkflowValue.ToItems(branches).EnumerateArray().Select(WorkflowValue.ToText)] : Done;
}

internal sealed class SetVariableBehaviour : Behaviour
{
    public override IReadOnlyList<string> Execute(ActivityFrame frame)
    {
        var (id, name) = TargetOf(frame.Activity);
        frame.Assign(id ?? name ?? "", frame.Evaluate("Value") ?? WorkflowValue.Null);
        return Done;
    }

    /// <summary>The variable that a SetVariable assigns.</summary>
    public static (string? Id, string? Name) TargetOf(Activity activity)
        => activity.Raw("Variable") is { } target ? new Expression(Expression.Variable, target.GetValueKind() == JsonValueKind.String ? target.GetValue<string>() : target.ToJsonString(), "").ReferencedVariable : (null, null);
}

internal sealed class SetOutputBehaviour : Behaviour
{
    public override IReadOnlyList<string> Execute(ActivityFrame frame)
    {
        var name = WorkflowValue.ToText(frame.Evaluate("OutputName") ?? WorkflowValue.Null);
        frame.SetWorkflowOutput(name, frame.Evaluate("OutputValue") ?? WorkflowValue.Null);
        return Done;
    }
}

internal sealed class WriteLineBehaviour : Behaviour
{
    public override IReadOnlyList<string> Execute(ActivityFrame frame)
    {
        var text = WorkflowValue.ToText(frame.Evaluate("Text") ?? WorkflowValue.Null);
        frame.Instance.Journal.Write(frame, InstanceJournal.LogEvent, text);
        frame.Instance.Report(new ActivityWrote(frame.InstanceId, frame.Path, frame.Activity.DisplayName, frame.Label, text));
        return Done;
    }
}

/// <summary>Faults, because the document says so.</summary>
internal sealed class FaultBehaviour : Behaviour
{
    public override IReadOnlyList<string> Execute(ActivityFrame frame)
    {
        var message = WorkflowValue.ToText(frame.Evaluate("Message") ?? WorkflowValue.Null);
        var code = WorkflowValue.ToText(frame.Evaluate("Code") ?? WorkflowValue.Null);
        throw new DeclaredFaultException(string.Join(": ", new[] { code, message }.Where(text => text.Length > 0)));
    }
}

/// <summary>A fault that a document asks for.</summary>
public sealed class DeclaredFaultException(string message) : Exception(message.Length > 0 ? message : "the definition ends here with a fault");
