using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Tests;

/// <summary>Draws small definitions in Elsa's JSON.</summary>
internal static class Draw
{
    public static WorkflowDocument Definition(string id, JsonObject root, JsonArray? variables = null, JsonArray? inputs = null, JsonArray? outputs = null, bool continues = false)
        => WorkflowDocument.Parse(
            new JsonObject
            {
                ["definitionId"] = id,
                ["name"] = id,
                ["variables"] = variables ?? [],
                ["inputs"] = inputs ?? [],
                ["outputs"] = outputs ?? [],
                ["options"] = new JsonObject { ["incidentStrategyType"] = continues ? "ContinueWithIncidentsStrategy" : null },
                ["root"] = root,
            }.ToJsonString(),
            id);

    public static JsonObject Activity(string id, string type, params (string Name, JsonNode? Value)[] members)
        => new([KeyValuePair.Create("id", (JsonNode?)id), KeyValuePair.Create("type", (JsonNode?)type), .. members.Select(member => KeyValuePair.Create(member.Name, member.Value))]);

    public static JsonObject Sequence(string id, params JsonObject[] activities) => Activity(id, "Elsa.Sequence", ("activities", new JsonArray([.. activities])));

    public static JsonObject Flowchart(string id, JsonObject[] activities, params string[] lines)
        => Activity(id, "Elsa.Flowchart", ("activities", new JsonArray([.. activities])), ("connections", new JsonArray([.. lines.Select(Line)])));

    public static JsonObject Write(string id, string text) => Activity(id, "Elsa.WriteLine", ("text", Literal(text)));

    public static JsonObject Output(string id, string name, JsonObject value) => Activity(id, "Elsa.SetOutput", ("outputName", Literal(name)), ("outputValue", value));

    public static JsonObject Assign(string id, string variable, JsonObject value)
        => Activity(id, "Elsa.SetVariable", ("variable", new JsonObject { ["id"] = variable, ["name"] = variable }), ("value", value));

    public static JsonObject Call(string id, string definition, JsonObject input, string? result = null)
        => Activity(id, "Elsa.DispatchWorkflow", ("workflowDefinitionId", Literal(definition)), ("waitForCompletion", Literal("True")), ("input", input), ("result", result is null ? null : Into(result)));

    public static JsonObject Literal(string text) => Expression("Literal", text);

    public static JsonObject Script(string text) => Expression("JavaScript", text);

    public static JsonObject Expression(string type, JsonNode? value) => new() { ["typeName"] = null, ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };

    public static JsonObject Into(string variable) => new() { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = variable } };

    public static JsonObject Variable(string name, string type, JsonNode? value = null) => new() { ["id"] = name, ["name"] = name, ["typeName"] = type, ["value"] = value };

    public static JsonObject Input(string name, string type, JsonNode? value = null) => new() { ["name"] = name, ["type"] = type, ["defaultValue"] = value };

    public static JsonObject Declared(string name, string type = "Object") => new() { ["name"] = name, ["type"] = type };

    // "a.Done -> b", the port Done when none is written.
    private static JsonObject Line(string text)
    {
        var ends = text.Split(" -> ");
        var source = ends[0].Split('.');
        return new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
            ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" },
        };
    }
}
