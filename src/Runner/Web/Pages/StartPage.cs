using System.Xml.Linq;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Format;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static ClusterSurvey.Activities.Report.Markup.Html;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>The form that starts a run: one field for every input of the workflow, checked before anything is made.</summary>
internal sealed class StartPage(RunForm fields, BackgroundRuns runs)
{
    private const string Path = "/start";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpRequest request) => Show(fields.Chosen(request.Query["definition"].ToString()), name => request.Query[name].ToString(), []));
        routes.MapPost(Path, (Delegate)Start);
    }

    private async Task<IResult> Start(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var definition = fields.Chosen(form["definition"].ToString());
        string Value(string name) => form[name].ToString().Trim();
        try
        {
            var (folder, _) = runs.Start(definition, fields.Inputs(definition, Value), RunForm.SeedOf(Value("seed")));
            return Results.LocalRedirect($"/runs/{Uri.EscapeDataString(folder.Id)}");
        }
        catch (BadInputException bad)
        {
            return Show(definition, Value, bad.Problems);
        }
    }

    private IResult Show(WorkflowDocument definition, Func<string, string> value, IReadOnlyList<Problem> problems) => Layout.Page("Start a run", Path,
    [
        Layout.Problems(problems, "nothing was started"),
        fields.Choice(definition, Path),
        new XElement("p", definition.Description),
        Tag("form", "fields", At("method", "post"), At("action", Path), RunForm.Fields(definition, value), new XElement("button", At("type", "submit"), "Start")),
        fields.Lists(),
    ], problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}
