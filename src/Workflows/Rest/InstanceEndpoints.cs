using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>Instances: found, looked at, stopped, forgotten.</summary>
internal sealed class InstanceEndpoints(RunLedger ledger, IRunControl runs)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapBody("/workflow-instances", async http => List(new InstanceFilter(await Answer.Body(http))));
        routes.MapGet("/workflow-instances/{id}", (string id) => Of(id, history => Answer.Json(history.Whole())));
        routes.MapGet("/workflow-instances/{id}/execution-state", (string id) => ledger.Instance(id) is { } row ? ExecutionState(row) : Answer.NotFound($"instance {id}"));
        routes.MapGet("/workflow-instances/{id}/variables", (string id) => Of(id, Variables));
        routes.MapGet("/workflow-instances/{id}/journal", (string id, int skip = 0, int take = 100) => Journal(id, [], skip, take));
        routes.MapPost("/workflow-instances/{id}/journal", async (HttpContext http, string id, int skip = 0, int take = 100) => Journal(id, await Answer.Body(http), skip, take));
        routes.MapDelete("/workflow-instances/{id}", (string id) => Delete([id]) > 0 ? Results.NoContent() : Answer.NotFound($"instance {id}"));
        routes.MapPost("/cancel/workflow-instances/{id}", (string id) => runs.Cancel(id) ? Results.Ok() : Answer.NotFound($"running instance {id}"));
        routes.MapBody("/bulk-actions/cancel/workflow-instances", async http =>
            Answer.Json(new JsonObject { ["cancelledCount"] = Answer.Texts(await Answer.Body(http), "ids").Count(runs.Cancel) }));
        routes.MapBody("/bulk-actions/delete/workflow-instances/by-id", async http =>
            Answer.Json(new JsonObject { ["deleted"] = Delete(Answer.Texts(await Answer.Body(http), "ids")) }));
    }

    private IResult List(InstanceFilter filter)
    {
        var (rows, total) = ledger.InstancesWhere(filter.Apply, filter.Page * filter.PageSize, filter.PageSize, filter.Ascending);
        return Answer.Page(rows.Select(InstanceHistory.Summary), total);
    }

    private IResult Of(string id, Func<InstanceHistory, IResult> answer) => ledger.Instance(id) is { } row ? answer(new InstanceHistory(ledger, row)) : Answer.NotFound($"instance {id}");

    private static IResult ExecutionState(InstanceRow row) => Answer.Json(new JsonObject
    {
        ["status"] = row.Status, ["workflowSubStatus"] = row.SubStatus, ["updatedAt"] = DefinitionJson.Time(row.UpdatedAt),
    });

    private static IResult Variables(InstanceHistory history)
        => Answer.List(history.Variables().Select(known => Answer.Object(("id", known.Variable.Id), ("name", known.Variable.Name), ("value", known.Value))));

    private IResult Journal(string id, JsonObject body, int skip, int take)
    {
        var filter = body["filter"] as JsonObject ?? [];
        var (lines, total) = ledger.JournalWhere(
            id, Answer.Texts(filter, "activityNodeIds"), Answer.Texts(filter, "activityIds"), Answer.Texts(filter, "excludedActivityTypes"), Answer.Texts(filter, "eventNames"),
            Math.Max(0, skip), Math.Clamp(take, 1, 1000));
        return Answer.Page(lines.Select(Line), total);
    }

    private static JsonObject Line(JournalRow line) => Answer.Object(
        ("id", FormattableString.Invariant($"{line.InstanceId}-{line.Sequence}")), ("activityInstanceId", ExecutionId.Of(line.InstanceId, line.Path)),
        ("parentActivityInstanceId", ExecutionId.Parent(line.Path) is { } parent ? ExecutionId.Of(line.InstanceId, parent) : null),
        ("activityId", line.ActivityId), ("activityType", line.Type), ("activityTypeVersion", line.TypeVersion), ("activityName", line.Name), ("nodeId", line.NodeId),
        ("timestamp", DefinitionJson.Time(line.Timestamp)), ("sequence", line.Sequence), ("eventName", line.EventName), ("message", line.Message));

    // What is deleted is the record of a run: what it computed stays in its folder.
    private int Delete(IReadOnlyList<string> ids)
    {
        foreach (var id in ids) runs.Cancel(id);
        return ids.Count(ledger.Forget);
    }
}
