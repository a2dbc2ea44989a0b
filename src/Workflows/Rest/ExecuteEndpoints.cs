using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>Starts runs. The designer reads the answer's headers and not its body.</summary>
internal sealed class ExecuteEndpoints(DefinitionStore store, RunLedger ledger, IRunControl runs)
{
    private const string InstanceHeader = "x-elsa-workflow-instance-id";
    private const string CannotStartHeader = "x-elsa-workflow-cannot-start";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/workflow-definitions/{id}/execute", Execute);
        routes.MapPost("/workflow-definitions/{id}/dispatch", Execute);
    }

    private async Task<IResult> Execute(HttpContext http, string id)
    {
        var body = await Answer.Body(http);
        var version = VersionOptions.Choose(store.VersionsOf(id), Node.Text(body, "versionOptions")).LastOrDefault();
        if (version is null || store.Document(version) is not { } definition) return Answer.NotFound(id);
        var inputs = (body["input"] as JsonObject ?? []).ToDictionary(input => input.Key, input => input.Value?.DeepClone(), StringComparer.Ordinal);
        try
        {
            var instance = ledger.Instance(runs.Start(definition, inputs))!;
            http.Response.Headers[InstanceHeader] = instance.Id;
            return Answer.Json(new JsonObject { ["workflowState"] = new InstanceHistory(ledger, instance).State() });
        }
        catch (BadInputException bad)
        {
            http.Response.Headers[CannotStartHeader] = "true";
            return Answer.Problem(StatusCodes.Status400BadRequest, bad.Problems.Select(problem => problem.ToString()));
        }
    }
}
