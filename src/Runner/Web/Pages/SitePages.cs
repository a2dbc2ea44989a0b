using System.Reflection;
using ClusterSurvey.Activities.Report;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Web.Samples;
using ClusterSurvey.Workflows;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>Our own pages and what belongs to them.</summary>
internal sealed class SitePages(RunHome home, RunLedger ledger, DefinitionStore definitions, BackgroundRuns runs, OwnSamples samples, TimeProvider time)
{
    private static readonly string style = Stylesheet.Text + Asset("site.css");

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/runs"));
        routes.MapGet("/site.css", () => Text(style, "text/css"));
        foreach (var (path, type) in ((string, string)[])[("site.js", "text/javascript"), ("studio.js", "text/javascript"), ("studio.css", "text/css"), ("favicon.svg", "image/svg+xml")])
        {
            var text = Asset(path);
            routes.MapGet($"/{path}", () => Text(text, type));
        }
        var views = new RunViews(home, ledger);
        routes.MapGet("/runs", new RunsPage(ledger, runs).Show);
        routes.MapGet("/runs/{id}", (string id) => With(views, id, view => new RunPage(ledger, runs).Show(view)));
        routes.MapPost("/runs/{id}/stop", (string id) => With(views, id, view => Changed(view, () => runs.Cancel(view.Instance.Id))));
        routes.MapPost("/runs/{id}/resume", (string id) => With(views, id, view => Changed(view, () => runs.Resume(view.Folder))));
        routes.MapGet("/runs/{id}/report/{**file}", (HttpContext http, string id, string? file) => With(views, id, view => ReportFiles.Send(http, view, file)));
        routes.MapGet("/runs/{id}/validation", (string id) => Results.LocalRedirect($"/runs/{Uri.EscapeDataString(id)}/report/{ReportNames.Validation}"));
        routes.MapGet("/runs/{id}/tables/{table}", (HttpRequest request, string id, string table) => With(views, id, view => TablePage.Show(view, table, TableView.Of(request.Query))));
        routes.MapGet("/runs/{id}/tables/{table}/parquet", (string id, string table) => With(views, id, view => TablePage.Parquet(view, table)));
        routes.MapGet("/runs/{id}/tables/{table}/csv", (string id, string table) => With(views, id, view => TablePage.Csv(view, table)));
        new ComparePage(home, ledger, views).Map(routes);
        var form = new RunForm(definitions, samples);
        new StartPage(form, runs).Map(routes);
        new SamplesPage(samples).Map(routes);
        new SchedulesPage(home, home.SchedulesIn(ledger), time).Map(routes);
        new NewSchedulePage(form, home, home.SchedulesIn(ledger), time).Map(routes);
        new NodesPage(home, ledger, time).Map(routes);
        StudioPages.Map(routes);
        routes.MapFallback((HttpContext http) => ErrorPage.NotFound(http.Request.Path));
    }

    private static IResult With(RunViews views, string id, Func<RunView, IResult> show) => views.Find(id) is { } view ? show(view) : ErrorPage.NotFound($"The run {id}");

    private static IResult Changed(RunView view, Action change)
    {
        change();
        return Results.LocalRedirect($"/runs/{Uri.EscapeDataString(view.Folder.Id)}");
    }

    private static IResult Text(string text, string type) => Results.Content(text, $"{type}; charset=utf-8");

    private static string Asset(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"web/{name}") ?? throw new InvalidOperationException($"no asset {name} in the program"));
        return reader.ReadToEnd();
    }
}
