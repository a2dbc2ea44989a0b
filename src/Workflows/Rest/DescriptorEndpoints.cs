using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>What definitions may be made of: activities, expressions, types, and what this server can do.</summary>
internal sealed class DescriptorEndpoints(StepCatalog catalog, Func<KnownFiles, IReadOnlyList<string>> known)
{
    // Asked for again after every edit, and the same until there are other samples: kept as it was written.
    private (string Offered, string Text) written = ("", "");

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/descriptors/activities", () => Results.Content(Activities(), "application/json; charset=utf-8"));
        routes.MapGet("/descriptors/expression-descriptors", () => Answer.List(Expression.Supported.Select(ExpressionType)));
        routes.MapGet("/descriptors/variables", () => Answer.Json(new JsonObject { ["items"] = new JsonArray([.. VariableTypes()]) }));
        routes.MapGet("/descriptors/storage-drivers", () => Answer.Json(new JsonObject { ["items"] = new JsonArray(StorageDriver()) }));
        routes.MapGet("/descriptors/incident-strategies", () => Answer.List(IncidentStrategies()));
        foreach (var nothing in (string[])["workflow-activation-strategies", "log-persistence-strategies", "commit-strategies/workflows", "commit-strategies/activities", "output-converters"])
            routes.MapGet($"/descriptors/{nothing}", () => Answer.List([]));
        routes.MapGet("/features/installed", () => Answer.List(((string[])["Workflows", "Flowchart", "WorkflowManagement", "WorkflowRuntime", "JavaScript", "Liquid"]).Select(Feature)));
    }

    private string Activities()
    {
        var files = Enum.GetValues<KnownFiles>().ToDictionary(kind => kind, known);
        var offered = string.Join('\n', files.Values.SelectMany(names => names));
        if (written is { Text.Length: > 0 } kept && kept.Offered == offered) return kept.Text;
        var items = new JsonArray([ActivityDescriptorJson.Workflow(), .. ActivityTypes.All.Select(ActivityDescriptorJson.Of), .. catalog.Steps.Select(step => ActivityDescriptorJson.Of(step, files))]);
        var text = new JsonObject { ["items"] = items, ["count"] = items.Count }.ToJsonString(SurveyJson.Options);
        written = (offered, text);
        return text;
    }

    private static JsonObject ExpressionType(string type) => new()
    {
        ["type"] = type, ["displayName"] = type, ["isSerializable"] = true, ["isBrowsable"] = type is not (Expression.Literal or Expression.Object),
        ["properties"] = type switch
        {
            Expression.JavaScript => new JsonObject { ["MonacoLanguage"] = "javascript" },
            Expression.Liquid => new JsonObject { ["MonacoLanguage"] = "liquid" },
            Expression.Object => new JsonObject { ["MonacoLanguage"] = "json" },
            _ => new JsonObject(),
        },
    };

    private static readonly (string Name, string Meaning)[] variableTypes =
    [
        ("Object", "Any value: a table row, a list, an artifact."), ("String", "Text."), ("Boolean", "True or false."), ("Int32", "A whole number of 32 bits."),
        ("Long", "A whole number of 64 bits."), ("Double", "A number."), ("ObjectDictionary", "Values by name."),
    ];

    private static IEnumerable<JsonNode> VariableTypes() => variableTypes
        .Select(type => new JsonObject { ["typeName"] = type.Name, ["displayName"] = type.Name, ["category"] = "Values", ["description"] = type.Meaning });

    private static JsonObject StorageDriver()
        => new() { ["typeName"] = "WorkflowInstanceStorageDriver", ["displayName"] = "Run ledger", ["priority"] = 0, ["deprecated"] = false };

    private static IEnumerable<JsonNode> IncidentStrategies() =>
    [
        new JsonObject
        {
            ["displayName"] = "Set the cluster aside", ["description"] = "A pass of a parallel loop that fails is left out; the workflow goes on without it and tells so.",
            ["typeName"] = "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core",
        },
        new JsonObject { ["displayName"] = "Stop", ["description"] = "The first fault ends the workflow.", ["typeName"] = "Elsa.Workflows.IncidentStrategies.FaultStrategy, Elsa.Workflows.Core" },
    ];

    private static JsonNode Feature(string name) => new JsonObject { ["name"] = name, ["namespace"] = "Elsa", ["fullName"] = $"Elsa.{name}", ["displayName"] = name, ["description"] = "" };
}
