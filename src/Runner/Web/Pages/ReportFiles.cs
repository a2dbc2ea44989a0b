using ClusterSurvey.Activities.Report;
using ClusterSurvey.Activities.Report.Plots;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Runner.Web.Security;
using Microsoft.AspNetCore.Http;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>The pages of a run's report and the files of its figures, as they link to each other on disk.</summary>
internal static class ReportFiles
{
    /// <summary>Sends a file of the report; the survey's page when none is named.</summary>
    public static IResult Send(HttpContext http, RunView view, string? file)
    {
        if (string.IsNullOrEmpty(file))
        {
            // Without the stroke at the end the links of the page would lead beside the report.
            if (http.Request.Path.Value?.EndsWith('/') != true) return Results.LocalRedirect($"/runs/{Uri.EscapeDataString(view.Folder.Id)}/report/");
            file = ReportNames.Survey;
        }
        var folder = Path.GetDirectoryName(SurveyReport.PathIn(view.Folder.Path))!;
        var path = Path.Combine(folder, file);
        if (!IsOfReport(file) || !File.Exists(path)) return ErrorPage.NotFound($"The file {file} of the report of {view.Folder.Id}");
        http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.Report;
        return Path.GetExtension(file) switch
        {
            ".html" => Results.File(path, "text/html; charset=utf-8"),
            ".svg" => Results.File(path, "image/svg+xml; charset=utf-8"),
            ".pdf" => Results.File(path, "application/pdf", Path.GetFileName(file)),
            _ => Results.File(path, "text/plain; charset=utf-8", Path.GetFileName(file)),
        };
    }

    // A page, or a file of a figure: nothing above, below or beside.
    private static bool IsOfReport(string file) => Path.GetExtension(file) switch
    {
        ".html" or ".bib" => Path.GetFileName(file) == file,
        ".svg" or ".pdf" or ".csv" => file.Split('/') is [Figure.Folder, var name] && Path.GetFileName(name) == name,
        _ => false,
    };
}
