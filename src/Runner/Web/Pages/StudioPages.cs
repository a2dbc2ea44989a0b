using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static ClusterSurvey.Activities.Report.Markup.Html;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>
/// The designer's pages: each mounts one element of Elsa Studio. Pages are told apart by their path, because the lists of Studio overwrite the query.
/// </summary>
internal static class StudioPages
{
    public const string Definitions = "/studio/workflows/definitions";
    public const string Instances = "/studio/workflows/instances";

    private static readonly string[] styles =
    [
        "_content/MudBlazor/MudBlazor.min.css", "_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.css", "_content/Radzen.Blazor/css/material-base.css",
        "_content/Elsa.Studio.Shell/css/shell.css", "Elsa.Studio.Host.CustomElements.styles.css", "/studio.css",
    ];

    private static readonly string[] scripts =
    [
        "/studio.js", "_content/BlazorMonaco/jsInterop.js", "_content/BlazorMonaco/lib/monaco-editor/min/vs/loader.js", "_content/BlazorMonaco/lib/monaco-editor/min/vs/editor/editor.main.js",
        "_content/MudBlazor/MudBlazor.min.js", "_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.js", "_content/Radzen.Blazor/Radzen.Blazor.js", "_framework/blazor.webassembly.js",
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/studio", () => Results.Redirect(Definitions));
        routes.MapGet(Definitions, () => Page("Workflows", Definitions, "elsa-workflow-definition-list"));
        routes.MapGet($"{Definitions}/{{id}}/edit", (string id) => Page("Workflow", Definitions, "elsa-workflow-definition-editor", ("definition-id", id)));
        routes.MapGet(Instances, () => Page("Instances", Instances, "elsa-workflow-instance-list"));
        routes.MapGet($"{Instances}/{{id}}/view", (string id) => Page("Instance", Instances, "elsa-workflow-instance-viewer", ("instance-id", id)));
        routes.MapGet("/studio/{**path}", (HttpContext http, string path) => StudioFiles.Serve(http, path));
    }

    public static string Editor(string definitionId) => $"{Definitions}/{Uri.EscapeDataString(definitionId)}/edit";

    public static string Viewer(string instanceId) => $"{Instances}/{Uri.EscapeDataString(instanceId)}/view";

    private static IResult Page(string title, string place, string element, params (string Name, string Value)[] attributes)
    {
        if (StudioFiles.Folder is null) return ErrorPage.Show(StatusCodes.Status503ServiceUnavailable, "The designer is not installed. Run 'npm ci' in the folder of the program, then start the server again.");
        return Layout.Send(new XElement("html", At("lang", "en"),
            Layout.Head(title, new XElement("base", At("href", "/studio/")), styles.Select(style => new XElement("link", At("rel", "stylesheet"), At("href", style)))),
            Tag("body", "studio",
                Layout.Navigation(place),
                new XElement("main", At("id", "studio"), At("data-element", element), At("data-api", WebServer.ApiPath), attributes.Select(attribute => At($"data-with-{attribute.Name}", attribute.Value)),
                    Tag("p", "wait", At("role", "status"), "Loading the designer ...")),
                new XElement("div", At("id", "blazor-error-ui"), At("hidden", "hidden"), "The designer has stopped. ", Layout.Link("", "Load it again")),
                scripts.Select(script => new XElement("script", At("src", script))))));
    }
}
