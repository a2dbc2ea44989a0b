using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Workflows.Expressions;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>Runs another definition as an instance of its own and waits for it; its outputs come back as the result.</summary>
internal sealed class DispatchWorkflowBehaviour : Behaviour
{
    public override IReadOnlyList<string> Execute(ActivityFrame frame)
    {
        var definitionId = WorkflowValue.ToText(frame.Evaluate("WorkflowDefinitionId") ?? WorkflowValue.Null);
        if (!frame.Instance.Run.Definitions.TryGetValue(definitionId, out var document)) throw new InvalidOperationException($"no definition '{definitionId}' in the library");
        if (frame.Instance.Depth >= InstanceExecution.DeepestCall) throw new InvalidOperationException($"'{definitionId}' is called {InstanceExecution.DeepestCall} levels deep: workflows call each other without end");
        var given = frame.Evaluate("Input") ?? WorkflowValue.Null;
        var call = new WorkflowCall(frame.Instance.Run);
        try
        {
            frame.SetOutput("Result", call.Execute(document, CalledId(frame, given), InputsFrom(given), frame));
        }
        catch (ActivityFault fault)
        {
            throw new CalledWorkflowException(definitionId, fault);
        }
        return Done;
    }

    // The same call of the same run has the same id, so that a resumed run finds what the called workflow has done.
    private static string CalledId(ActivityFrame frame, JsonElement given)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{frame.InstanceId}\n{frame.Path}\n{SurveyJson.Canonical(WorkflowValue.ToNode(given))}")))[..16];

    private static Dictionary<string, JsonElement> InputsFrom(JsonElement given) => given.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        JsonValueKind.Object => given.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal),
        JsonValueKind.String when WorkflowValue.TryParse(given.GetString()!, out var parsed) && parsed.ValueKind == JsonValueKind.Object => InputsFrom(parsed),
        _ => throw new FormatException("the input of a called workflow must be an object whose members are its inputs"),
    };
}
