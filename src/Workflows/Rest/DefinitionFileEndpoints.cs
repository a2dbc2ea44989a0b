using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Format;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterSurvey.Workflows.Rest;

/// <summary>Definitions as files: out and in.</summary>
internal sealed class DefinitionFileEndpoints(DefinitionStore store)
{
    private const string JsonType = "application/json";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/workflow-definitions/{id}/export", ["GET", "POST"], (string id, string? versionOptions) => Export(id, versionOptions));
        routes.MapBody("/bulk-actions/export/workflow-definitions", BulkExport);
        routes.MapBody("/workflow-definitions/import", async http => Imported(await Answer.Body(http)));
        routes.MapPut("/workflow-definitions/{id}/import", async (HttpContext http, string id) =>
        {
            var body = await Answer.Body(http);
            body["definitionId"] = id;
            return Imported(body);
        });
        routes.MapBody("/workflow-definitions/import-files", ImportFiles);
    }

    private IResult Export(string id, string? options)
    {
        var version = VersionOptions.Choose(store.VersionsOf(id), options).LastOrDefault();
        return version is not null && store.Document(version) is { } document ? Results.File(Bytes(document), JsonType, FileName(version)) : Answer.NotFound(id);
    }

    private async Task<IResult> BulkExport(HttpContext http)
    {
        var ids = Answer.Texts(await Answer.Body(http), "ids");
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var version in store.Versions().Where(version => ids.Contains(version.Id)))
            {
                using var entry = zip.CreateEntry(FileName(version)).Open();
                entry.Write(Bytes(store.Document(version)!));
            }
        }
        return Results.File(archive.ToArray(), "application/zip", "workflow-definitions.zip");
    }

    private IResult Imported(JsonObject model) => Answer.Json(Whole(Import(model)));

    private async Task<IResult> ImportFiles(HttpContext http)
    {
        if (!http.Request.HasFormContentType) throw new BadInputException("the body of the request", "no form", "files of a form", "send definitions as files");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var models = new List<JsonObject>();
        foreach (var file in form.Files)
        {
            using var text = new MemoryStream();
            await file.CopyToAsync(text, http.RequestAborted);
            models.Add(Answer.Parse(text.ToArray(), file.FileName));
        }
        var imported = models.Select(Import).Select(Whole).ToList();
        return Answer.Json(new JsonObject { ["count"] = imported.Count, ["imported"] = new JsonArray([.. imported]) });
    }

    // What comes from elsewhere never replaces what is here: it becomes the draft of its definition, whatever its version ids were there.
    private DefinitionVersion Import(JsonObject model)
    {
        model.Remove("id");
        if (model["root"] is not JsonObject) throw new BadInputException("the definition", "no root activity", "a workflow definition in Elsa's format", "export it from the designer again");
        return store.Save(model, publish: false);
    }

    private JsonObject Whole(DefinitionVersion version) => DefinitionJson.Whole(version, store.Document(version)!);

    private static byte[] Bytes(WorkflowDocument document) => Encoding.UTF8.GetBytes(document.ToText() + "\n");

    private static string FileName(DefinitionVersion version) => FormattableString.Invariant($"{version.DefinitionId}-v{version.Version}.json");
}
