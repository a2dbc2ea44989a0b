using System.Globalization;
using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>Definitions as Elsa's clients read them.</summary>
internal static class DefinitionJson
{
    /// <summary>The whole definition, with the links by which Studio knows what may be done with it.</summary>
    public static JsonObject Whole(DefinitionVersion version, WorkflowDocument document)
    {
        var json = Completed(document.ToJson());
        (json["definitionId"], json["name"], json["version"]) = (version.DefinitionId, version.Name, version.Version);
        (json["id"], json["isLatest"], json["isPublished"], json["createdAt"]) = (version.Id, version.IsLatest, version.IsPublished, Time(version.CreatedAt));
        json["links"] = Links(version.DefinitionId);
        return WorkflowDocument.Parse(json.ToJsonString(), document.Source).WithNodeIds().ToJson();
    }

    /// <summary>A line of a list.</summary>
    public static JsonObject Summary(DefinitionVersion version) => Answer.Object(
        ("links", Links(version.DefinitionId)),
        ("id", version.Id),
        ("definitionId", version.DefinitionId),
        ("name", version.Name),
        ("description", version.Description),
        ("version", version.Version),
        ("isLatest", version.IsLatest),
        ("isPublished", version.IsPublished),
        ("isReadonly", false),
        ("isSystem", false),
        ("materializerName", "Json"),
        ("isMaterializerAvailable", true),
        ("createdAt", Time(version.CreatedAt)));

    /// <summary>The answer to a save or a publication.</summary>
    public static JsonObject Saved(JsonObject definition, bool alreadyPublished) => new()
    {
        ["workflowDefinition"] = definition, ["alreadyPublished"] = alreadyPublished, ["consumingWorkflowCount"] = 0, ["validationErrors"] = new JsonArray(),
    };

    public static JsonObject Link(string href, string rel, string method) => new() { ["href"] = href, ["rel"] = rel, ["method"] = method };

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);

    private static JsonArray Links(string id)
    {
        var path = $"/workflow-definitions/{id}";
        return
        [
            Link(path, "self", "GET"), Link($"/workflow-definitions/by-definition-id/{id}", "self", "GET"), Link($"{path}/versions", "versions", "GET"),
            Link($"{path}/execute", "execute", "POST"), Link($"{path}/export", "export", "POST"), Link($"{path}/publish", "publish", "POST"),
            Link($"{path}/retract", "retract", "POST"), Link(path, "delete", "DELETE"), Link($"{path}/import", "import", "PUT"),
        ];
    }

    // What the designer may leave out at the beginning, and expects to get.
    private static JsonObject Completed(JsonObject json)
    {
        foreach (var list in (string[])["variables", "inputs", "outputs", "outcomes"]) json[list] ??= new JsonArray();
        json["customProperties"] ??= new JsonObject();
        json["options"] ??= new JsonObject { ["autoUpdateConsumingWorkflows"] = false };
        foreach (var flag in (string[])["isReadonly", "isSystem"]) json[flag] ??= false;
        json["root"] ??= new JsonObject { ["id"] = "flow", ["name"] = "Flowchart1", ["type"] = ActivityTypes.Flowchart, ["version"] = 1 };
        if (json["root"] is JsonObject root) Complete(root);
        return json;
    }

    private static void Complete(JsonObject activity)
    {
        if (Node.Text(activity, "type") == ActivityTypes.Flowchart)
        {
            activity["customProperties"] ??= new JsonObject { ["notFoundConnections"] = new JsonArray(), ["canStartWorkflow"] = false, ["runAsynchronously"] = false };
            foreach (var list in (string[])["activities", "variables", "connections"]) activity[list] ??= new JsonArray();
        }
        activity["customProperties"] ??= new JsonObject { ["canStartWorkflow"] = false, ["runAsynchronously"] = false };
        activity["metadata"] ??= new JsonObject();
    }
}
