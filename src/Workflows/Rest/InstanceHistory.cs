using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>One instance as Elsa's clients read it.</summary>
internal sealed class InstanceHistory(RunLedger ledger, InstanceRow row)
{
    /// <summary>A line of the list.</summary>
    public static JsonObject Summary(InstanceRow row) => Answer.Object(
        ("id", row.Id), ("definitionId", row.DefinitionId), ("definitionVersionId", row.DefinitionVersionId), ("version", row.Version), ("status", row.Status),
        ("subStatus", row.SubStatus), ("name", row.Label is null ? row.Name : $"{row.Name}: {row.Label}"), ("incidentCount", row.IncidentCount),
        ("createdAt", DefinitionJson.Time(row.CreatedAt)), ("updatedAt", DefinitionJson.Time(row.UpdatedAt)), ("finishedAt", Time(row.FinishedAt)));

    /// <summary>The instance with its state.</summary>
    public JsonObject Whole() => Answer.Object(
        ("id", row.Id), ("definitionId", row.DefinitionId), ("definitionVersionId", row.DefinitionVersionId), ("version", row.Version),
        ("parentWorkflowInstanceId", row.ParentInstanceId), ("name", row.Label is null ? row.Name : $"{row.Name}: {row.Label}"),
        ("workflowState", State()), ("status", row.Status), ("subStatus", row.SubStatus), ("isExecuting", row.SubStatus == "Executing"), ("incidentCount", row.IncidentCount),
        ("isSystem", false), ("createdAt", DefinitionJson.Time(row.CreatedAt)), ("updatedAt", DefinitionJson.Time(row.UpdatedAt)), ("finishedAt", Time(row.FinishedAt)));

    /// <summary>How it stands: inputs, outputs, variables, incidents.</summary>
    public JsonObject State() => Answer.Object(
        ("id", row.Id), ("definitionId", row.DefinitionId), ("definitionVersionId", row.DefinitionVersionId), ("definitionVersion", row.Version),
        ("status", row.Status), ("subStatus", row.SubStatus), ("isExecuting", row.SubStatus == "Executing"), ("bookmarks", new JsonArray()),
        ("incidents", new JsonArray([.. ledger.Incidents(row.Id).Select(Incident)])), ("isSystem", false), ("completionCallbacks", new JsonArray()),
        ("activityExecutionContexts", new JsonArray(Root())), ("scheduledActivities", new JsonArray()), ("executionLogSequence", ledger.LastSequence(row.Id)),
        ("input", JsonNode.Parse(row.Inputs)), ("output", JsonNode.Parse(row.Outputs)), ("properties", new JsonObject()),
        ("createdAt", DefinitionJson.Time(row.CreatedAt)), ("updatedAt", DefinitionJson.Time(row.UpdatedAt)), ("finishedAt", Time(row.FinishedAt)));

    /// <summary>The variables of the workflow with their values, as far as the instance has come.</summary>
    public IEnumerable<(VariableDeclaration Variable, JsonNode? Value)> Variables()
    {
        if (ledger.Definition(row.DefinitionVersionId) is not { } definition) return [];
        var declared = WorkflowDocument.Parse(definition.Json, definition.Id).Variables;
        var values = declared.ToDictionary(variable => variable.Id, variable => variable.Default?.DeepClone(), StringComparer.Ordinal);
        foreach (var effects in ledger.Effects(row.Id))
            foreach (var (id, value) in JsonNode.Parse(effects)!.AsObject())
                if (values.ContainsKey(id)) values[id] = value?.DeepClone();
        return declared.Select(variable => (variable, values[variable.Id]));
    }

    /// <summary>What an incident says: what went wrong and what to do. Where in our code is nobody's business out there.</summary>
    public static JsonObject Incident(IncidentRow incident) => Answer.Object(
        ("activityId", incident.ActivityId), ("activityNodeId", incident.NodeId), ("activityType", incident.Type), ("message", Message(incident)),
        ("timestamp", DefinitionJson.Time(incident.Timestamp)), ("exception", Exception(incident)));

    public static JsonObject Exception(IncidentRow incident) => new() { ["type"] = incident.ExceptionType, ["message"] = Message(incident) };

    public static string? Time(DateTimeOffset? time) => time is { } known ? DefinitionJson.Time(known) : null;

    private static string Message(IncidentRow incident)
    {
        var about = incident.Label is null ? "" : $"{incident.Label}: ";
        return $"{about}{incident.StepName}: {incident.Message} What to do: {incident.Remedy}";
    }

    private JsonObject Root()
    {
        var variables = new JsonObject(Variables().Select(known => KeyValuePair.Create(known.Variable.Id, known.Value)));
        return Answer.Object(
            ("id", ExecutionId.Of(row.Id, WorkflowDocument.WorkflowNodeId)), ("callStackDepth", 0), ("scheduledActivityNodeId", WorkflowDocument.WorkflowNodeId),
            ("properties", new JsonObject { ["Variables"] = variables }), ("metadata", new JsonObject()), ("activityState", new JsonObject()), ("dynamicVariables", new JsonArray()),
            ("status", ExecutionRecord.StatusOf(row)), ("isExecuting", row.SubStatus == "Executing"), ("faultCount", row.SubStatus == "Faulted" ? 1 : 0),
            ("startedAt", DefinitionJson.Time(row.CreatedAt)), ("completedAt", Time(row.FinishedAt)));
    }
}
