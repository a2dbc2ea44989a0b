using System.Globalization;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;
using ClusterSurvey.Workflows.Validation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>Definitions and their versions: found, saved, published, taken back, deleted.</summary>
internal sealed class DefinitionEndpoints(DefinitionStore store, RunLedger ledger, StepCatalog catalog)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflow-definitions", List);
        routes.MapBody("/workflow-definitions", Save);
        routes.MapGet("/workflow-definitions/query/count", () => Answer.Json(new JsonObject { ["count"] = store.Versions().Count(version => version.IsLatest) }));
        routes.MapGet("/workflow-definitions/validation/is-name-unique", IsNameUnique);
        routes.MapGet("/workflow-definitions/many-by-id", (HttpContext http) => Answer.List(Values(http, "ids").Select(ById).OfType<JsonObject>()));
        routes.MapGet("/workflow-definitions/by-id/{id}", (string id) => ById(id) is { } json ? Answer.Json(json) : Answer.NotFound($"version {id}"));
        routes.MapGet("/workflow-definitions/by-definition-id/{id}", (string id, string? versionOptions) => Whole(id, versionOptions) is { } json ? Answer.Json(json) : Answer.NotFound(id));
        routes.MapGet("/workflow-definitions/{id}/versions", (string id) => Answer.List(store.VersionsOf(id).Select(DefinitionJson.Summary)));
        routes.MapPost("/workflow-definitions/{id}/publish", Publish);
        routes.MapPost("/workflow-definitions/{id}/retract", (string id) => store.Retract(id) is { } retracted ? Answer.Json(WholeOf(retracted.Version)) : Answer.NotFound(id));
        routes.MapPost("/workflow-definitions/{id}/revert/{version:int}", (string id, int version) => store.Revert(id, version) is { } draft ? Answer.Json(WholeOf(draft)) : Answer.NotFound($"{id} version {version}"));
        routes.MapPost("/workflow-definitions/{id}/update-references", () => Answer.Json(new JsonObject { ["affectedWorkflows"] = new JsonArray() }));
        routes.MapDelete("/workflow-definitions/{id}", (string id) => Deleted(store.Delete([id]), id));
        routes.MapDelete("/workflow-definition-versions/{id}", (string id) => Deleted(store.DeleteVersions([id]), id));
        routes.MapBody("/bulk-actions/delete/workflow-definitions/by-definition-id", async http => Count(store.Delete(Answer.Texts(await Answer.Body(http), "definitionIds"))));
        routes.MapBody("/bulk-actions/delete/workflow-definitions/by-id", async http => Count(store.DeleteVersions(Answer.Texts(await Answer.Body(http), "ids"))));
        routes.MapBody("/bulk-actions/publish/workflow-definitions/by-definition-ids", async http =>
        {
            var answer = await Each(http, PublishValid, ("published", "alreadyPublished"));
            // No definition is changed here because one that it calls is published; Studio wants the list all the same.
            answer["updatedConsumers"] = new JsonArray();
            return Answer.Json(answer);
        });
        routes.MapBody("/bulk-actions/retract/workflow-definitions/by-definition-ids", async http => Answer.Json(await Each(http, store.Retract, ("retracted", "alreadyRetracted"))));
    }

    private IResult List(HttpContext http, string? versionOptions, string? searchTerm, string? orderBy, string? orderDirection, int page = 0, int pageSize = 0)
    {
        var (definitionIds, ids) = (Values(http, "definitionIds"), Values(http, "ids"));
        var found = VersionOptions.Choose(store.Versions(), ids.Count > 0 ? "AllVersions" : versionOptions)
            .Where(version => definitionIds.Count == 0 || definitionIds.Contains(version.DefinitionId))
            .Where(version => ids.Count == 0 || ids.Contains(version.Id))
            .Where(version => string.IsNullOrWhiteSpace(searchTerm) || Mentions(version, searchTerm.Trim()))
            .ToList();
        found.AddRange(ids.Where(id => found.All(version => version.Id != id)).Select(KeptVersion).OfType<DefinitionVersion>());
        var ordered = Ordered(found, orderBy, orderDirection == "Descending").ToList();
        var answer = new JsonObject
        {
            ["items"] = new JsonArray([.. ordered.Skip(page * pageSize).Take(pageSize > 0 ? pageSize : int.MaxValue).Select(DefinitionJson.Summary)]),
            ["totalCount"] = ordered.Count,
            ["links"] = new JsonArray(
                DefinitionJson.Link("/workflow-definitions", "self", "GET"), DefinitionJson.Link("/workflow-definitions", "create", "POST"),
                DefinitionJson.Link("/workflow-definitions/import", "import", "POST"), DefinitionJson.Link("/workflow-definitions/import-files", "import-files", "POST"),
                DefinitionJson.Link("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete-by-definition-id", "POST"),
                DefinitionJson.Link("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST"),
                DefinitionJson.Link("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract", "POST")),
        };
        return Answer.Json(answer);
    }

    private async Task<IResult> Save(HttpContext http)
    {
        var body = await Answer.Body(http);
        if (body["model"] is not JsonObject model) throw new BadInputException("the body of the request", "no model", "a definition as 'model'", "send one");
        var publish = body["publish"] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
        var draft = store.Save(UnsentInputMembers.Carried(model, store), publish: false);
        if (!publish) return Answer.Json(DefinitionJson.Saved(WholeOf(draft), false));
        var (version, already) = PublishValid(draft.DefinitionId)!.Value;
        return Answer.Json(DefinitionJson.Saved(WholeOf(version), already));
    }

    private IResult Publish(string id)
    {
        if (PublishValid(id) is not { } published) return Answer.NotFound(id);
        // Clients of different versions expect the definition itself, or the answer to a save: this is both.
        var answer = WholeOf(published.Version);
        foreach (var (name, value) in DefinitionJson.Saved(WholeOf(published.Version), published.Already)) answer[name] = value?.DeepClone();
        return Answer.Json(answer);
    }

    // A published definition is one that others run: it must be one that can run.
    private (DefinitionVersion Version, bool Already)? PublishValid(string id)
    {
        if (store.Find(id, VersionChoice.Latest) is { } latest && store.Document(latest) is { } document)
            new DefinitionValidator(catalog, store.Library().With(document)).Check(document);
        return store.Publish(id);
    }

    private IResult IsNameUnique(string name, string? definitionId)
        => Answer.Json(new JsonObject { ["isUnique"] = store.Versions().All(version => version.Name != name || version.DefinitionId == definitionId) });

    private static async Task<JsonObject> Each(HttpContext http, Func<string, (DefinitionVersion Version, bool Already)?> act, (string Done, string Already) words)
    {
        var (done, already, missing) = (new JsonArray(), new JsonArray(), new JsonArray());
        foreach (var id in Answer.Texts(await Answer.Body(http), "definitionIds"))
            (act(id) is not { } result ? missing : result.Already ? already : done).Add(id);
        return new JsonObject { [words.Done] = done, [words.Already] = already, ["notFound"] = missing };
    }

    private JsonObject WholeOf(DefinitionVersion version) => DefinitionJson.Whole(version, store.Document(version)!);

    private JsonObject? Whole(string id, string? options) => VersionOptions.Choose(store.VersionsOf(id), options).LastOrDefault() is { } version ? WholeOf(version) : null;

    // Runs refer to the content that they ran, which the ledger keeps even when the version is deleted.
    private JsonObject? ById(string id)
    {
        if (store.Versions().LastOrDefault(version => version.Id == id) is { } version) return WholeOf(version);
        return KeptVersion(id) is { } kept ? DefinitionJson.Whole(kept, WorkflowDocument.Parse(ledger.Definition(id)!.Json, id)) : null;
    }

    private DefinitionVersion? KeptVersion(string id)
        => ledger.Definition(id) is { } row ? new DefinitionVersion(row.Id, row.DefinitionId, row.Name, "", row.Version, false, row.IsPublished, false, row.CreatedAt) : null;

    private static bool Mentions(DefinitionVersion version, string words)
        => version.Name.Contains(words, StringComparison.OrdinalIgnoreCase) || version.Description.Contains(words, StringComparison.OrdinalIgnoreCase) || version.DefinitionId.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<DefinitionVersion> Ordered(IEnumerable<DefinitionVersion> versions, string? by, bool descending)
    {
        IOrderedEnumerable<DefinitionVersion> ordered = by switch
        {
            "Version" => versions.OrderBy(version => version.Version),
            "Created" or "CreatedAt" => versions.OrderBy(version => version.CreatedAt),
            _ => versions.OrderBy(version => version.Name, StringComparer.OrdinalIgnoreCase).ThenBy(version => version.Version),
        };
        return descending ? ordered.Reverse() : ordered;
    }

    private static IReadOnlyCollection<string> Values(HttpContext http, string name) => [.. http.Request.Query[name].OfType<string>().Where(value => value.Length > 0)];

    private static IResult Count(int deleted) => Answer.Json(new JsonObject { ["deleted"] = deleted });

    private static IResult Deleted(int count, string id) => count > 0
        ? Results.NoContent()
        : Answer.Problem(StatusCodes.Status400BadRequest, [string.Create(CultureInfo.InvariantCulture, $"{id} holds no version that could be deleted: what comes with the program stays")]);
}
