using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>One execution of an activity, put together from the journal (when it began, how it ended) and its record (what went in and came out).</summary>
/// <param name="Last">The journal's last line about it.</param>
/// <param name="StartedAt">When it began, for the last time.</param>
/// <param name="EndedAt">When it ended; null when it has not.</param>
/// <param name="Status">Elsa's word.</param>
internal sealed record ExecutionRecord(JournalRow Last, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Status)
{
    /// <summary>The executions that a journal tells of, in the order in which they began.</summary>
    public static IReadOnlyList<ExecutionRecord> Of(InstanceRow instance, IEnumerable<JournalRow> journal)
        => [.. journal.GroupBy(line => line.Path).Select(lines => One(instance, [.. lines.OrderBy(line => line.Sequence)])).OrderBy(record => record.StartedAt)];

    /// <summary>The status of the workflow itself, as of an activity.</summary>
    public static string StatusOf(InstanceRow instance) => instance.SubStatus switch
    {
        "Finished" => "Completed",
        "Faulted" => "Faulted",
        "Cancelled" => "Canceled",
        _ => "Running",
    };

    /// <summary>The execution for a list.</summary>
    public JsonObject Summary() => Answer.Object(
        ("workflowInstanceId", Last.InstanceId), ("activityId", Last.ActivityId), ("activityNodeId", Last.NodeId), ("activityType", Last.Type), ("activityTypeVersion", Last.TypeVersion),
        ("activityName", Last.Name), ("startedAt", DefinitionJson.Time(StartedAt)), ("hasBookmarks", false), ("status", Status), ("aggregateFaultCount", Status == "Faulted" ? 1 : 0),
        ("completedAt", InstanceHistory.Time(EndedAt)), ("id", ExecutionId.Of(Last.InstanceId, Last.Path)));

    /// <summary>The execution with what went in and came out.</summary>
    public JsonObject Whole(ActivityRow? record, IncidentRow? incident)
    {
        var json = Summary();
        json["activityState"] = record is null ? new JsonObject() : JsonNode.Parse(record.Inputs);
        json["payload"] = record is null ? new JsonObject() : Payload(record);
        json["outputs"] = record is null ? new JsonObject() : JsonNode.Parse(record.Outputs);
        json["properties"] = new JsonObject();
        json["metadata"] = new JsonObject();
        json["callStackDepth"] = Last.Path.Count(c => c == ':');
        if (incident is not null) json["exception"] = InstanceHistory.Exception(incident);
        return json;
    }

    /// <summary>The workflow itself as an execution, which the journal does not tell of.</summary>
    public static JsonObject OfWorkflow(InstanceRow instance) => Answer.Object(
        ("workflowInstanceId", instance.Id), ("activityId", WorkflowDocument.WorkflowNodeId), ("activityNodeId", WorkflowDocument.WorkflowNodeId), ("activityType", "Elsa.Workflow"),
        ("activityTypeVersion", 1), ("activityState", JsonNode.Parse(instance.Inputs)), ("payload", new JsonObject()), ("outputs", JsonNode.Parse(instance.Outputs)),
        ("properties", new JsonObject()), ("metadata", new JsonObject()), ("startedAt", DefinitionJson.Time(instance.CreatedAt)), ("hasBookmarks", false),
        ("status", StatusOf(instance)), ("aggregateFaultCount", instance.IncidentCount), ("completedAt", InstanceHistory.Time(instance.FinishedAt)), ("callStackDepth", 0),
        ("id", ExecutionId.Of(instance.Id, WorkflowDocument.WorkflowNodeId)));

    private static JsonObject Payload(ActivityRow record)
    {
        var payload = new JsonObject { ["Outcomes"] = JsonNode.Parse(record.Outcomes) };
        if (record.Key is { Length: > 0 } key) payload["Artifact key"] = key;
        if (record.Key is { Length: > 0 }) payload["Found in the artifact store"] = record.FromCache;
        return payload;
    }

    private static ExecutionRecord One(InstanceRow instance, List<JournalRow> lines)
    {
        var began = lines.LastOrDefault(line => line.EventName == InstanceJournal.StartedEvent) ?? lines[0];
        var end = lines.LastOrDefault(line => line.Sequence > began.Sequence && line.EventName is InstanceJournal.CompletedEvent or InstanceJournal.FaultedEvent);
        var status = end?.EventName switch
        {
            InstanceJournal.CompletedEvent => "Completed",
            InstanceJournal.FaultedEvent => "Faulted",
            _ => instance.SubStatus is "Executing" or "Pending" ? "Running" : "Canceled",
        };
        return new ExecutionRecord(lines[^1], began.Timestamp, end?.Timestamp, status);
    }
}
