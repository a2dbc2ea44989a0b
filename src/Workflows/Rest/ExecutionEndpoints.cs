using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>What became of each activity of an instance: counts for the badges, and one execution after the other.</summary>
internal sealed class ExecutionEndpoints(RunLedger ledger)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapBody("/activity-executions/report", Report);
        routes.MapGet("/activity-executions/list", (string? workflowInstanceId, string? activityNodeId) => List(workflowInstanceId, activityNodeId, whole: true));
        routes.MapGet("/activity-execution-summaries/list", (string? workflowInstanceId, string? activityNodeId) => List(workflowInstanceId, activityNodeId, whole: false));
        routes.MapGet("/activity-executions/by-id", (string id) => ById(id) is { } json ? Answer.Json(json) : Answer.NotFound($"execution {id}"));
        routes.MapGet("/activity-executions/{id}", (string id) => ById(id) is { } json ? Answer.Json(json) : Answer.NotFound($"execution {id}"));
        routes.MapGet("/activity-executions/{id}/call-stack", CallStack);
    }

    private async Task<IResult> Report(HttpContext http)
    {
        var body = await Answer.Body(http);
        if (Node.Text(body, "workflowInstanceId") is not { } id || ledger.Instance(id) is not { } instance) return Answer.Json(new JsonObject { ["stats"] = new JsonArray() });
        var nodes = Answer.Texts(body, "activityNodeIds").Distinct().ToList();
        var executions = ExecutionRecord.Of(instance, ledger.JournalOf(id, nodes)).ToLookup(execution => execution.Last.NodeId);
        var faults = ledger.Incidents(id).Select(incident => incident.NodeId).ToList();
        return Answer.Json(new JsonObject { ["stats"] = new JsonArray([.. nodes.Where(executions.Contains).Select(node => Stat(node, [.. executions[node]], faults))]) });
    }

    private static JsonObject Stat(string node, IReadOnlyList<ExecutionRecord> executions, List<string> faults) => new()
    {
        ["activityId"] = executions[0].Last.ActivityId,
        ["activityNodeId"] = node,
        ["startedCount"] = executions.Count,
        ["completedCount"] = executions.Count(execution => execution.Status == "Completed"),
        ["uncompletedCount"] = executions.Count(execution => execution.Status is "Running" or "Canceled"),
        ["isBlocked"] = false,
        ["isFaulted"] = executions.Any(execution => execution.Status == "Faulted"),
        ["aggregateFaultCount"] = faults.Count(fault => fault == node || fault.StartsWith($"{node}:", StringComparison.Ordinal)),
    };

    private IResult List(string? instanceId, string? node, bool whole)
    {
        if (instanceId is null || node is null || ledger.Instance(instanceId) is not { } instance) return Answer.List([]);
        if (node == WorkflowDocument.WorkflowNodeId) return Answer.List([ExecutionRecord.OfWorkflow(instance)]);
        var executions = ExecutionRecord.Of(instance, ledger.JournalOf(instanceId, [node]));
        if (!whole) return Answer.List(executions.Select(execution => execution.Summary()));
        var records = ledger.FinishedAt(instanceId, node).ToDictionary(record => record.Path, StringComparer.Ordinal);
        var incidents = ledger.Incidents(instanceId).ToLookup(incident => incident.Path);
        return Answer.List(executions.Select(execution => execution.Whole(records.GetValueOrDefault(execution.Last.Path), incidents[execution.Last.Path].LastOrDefault())));
    }

    private JsonObject? ById(string id)
    {
        if (ExecutionId.Read(id) is not { } place || ledger.Instance(place.InstanceId) is not { } instance) return null;
        if (place.Path == WorkflowDocument.WorkflowNodeId) return ExecutionRecord.OfWorkflow(instance);
        var lines = ledger.JournalAt(place.InstanceId, place.Path);
        if (lines.Count == 0) return null;
        var incident = ledger.Incidents(place.InstanceId).LastOrDefault(known => known.Path == place.Path);
        return ExecutionRecord.Of(instance, lines)[0].Whole(ledger.FindActivity(place.InstanceId, place.Path, RecordPhase.Finished), incident);
    }

    private IResult CallStack(string id)
    {
        var stack = new List<JsonNode?>();
        for (var at = id; at is not null && ById(at) is { } execution && stack.Count < 100; at = ParentOf(at)) stack.Add(execution);
        return Answer.Json(new JsonObject { ["activityExecutionId"] = id, ["items"] = new JsonArray([.. stack]), ["totalCount"] = stack.Count });
    }

    private static string? ParentOf(string id) => ExecutionId.Read(id) is { } place && ExecutionId.Parent(place.Path) is { } parent ? ExecutionId.Of(place.InstanceId, parent) : null;
}
