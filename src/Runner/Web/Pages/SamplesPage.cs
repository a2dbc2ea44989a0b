using System.Globalization;
using System.Xml.Linq;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Runner.Web.Samples;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static ClusterSurvey.Activities.Report.Markup.Html;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>The samples that come with the program, those that were sent to this server, and the form that sends one.</summary>
internal sealed class SamplesPage(OwnSamples own)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/samples", () => Show([]));
        routes.MapPost("/samples", (Delegate)Receive);
        routes.MapGet("/samples/{name}", (string name) => SampleNames.Shipped().Contains(name) ? Show(name, SampleNames.PathOf(name), null) : With(name, sample => Show(name, sample.Table, sample)));
        routes.MapPost("/samples/{name}/delete", (string name) => With(name, sample =>
        {
            own.Delete(sample);
            return Results.LocalRedirect("/samples");
        }));
    }

    private IResult With(string name, Func<OwnSample, IResult> show) => own.Find(name) is { } sample ? show(sample) : ErrorPage.NotFound($"The sample {name}");

    private async Task<IResult> Receive(HttpContext http)
    {
        try
        {
            var sample = await own.Add(new SampleUpload(http.Request), http.RequestAborted);
            return Results.LocalRedirect($"/samples/{Uri.EscapeDataString(sample.Name)}");
        }
        catch (BadInputException bad)
        {
            return Show(bad.Problems);
        }
        catch (IOException failure) when (failure is not BadHttpRequestException)
        {
            return Show([new Problem("the upload", failure.InPlainWords(), "room for the sample on the disk of the server", "make room, then send it again")]);
        }
    }

    private IResult Show(IReadOnlyList<Problem> problems) => Layout.Page("Samples", "/samples",
    [
        Layout.Problems(problems, "nothing was kept"),
        Tag("p", "lead", "Tables of clusters that come with the program, and your own. A table is a CSV file with at least name, ra_deg, dec_deg, redshift and one of r500_kpc and theta500_arcmin."),
        Layout.Table("Samples", ["Sample", "Clusters", "Redshifts", "Maps"], [.. SampleNames.Shipped().Select(name => Row(name, SampleNames.PathOf(name), "")), .. own.All().Select(sample => Row(sample.Name, sample.Table, sample.Maps is null ? "to be named at the start" : "here"))]),
        new XElement("h2", "Send a sample"),
        Tag("form", "fields", At("method", "post"), At("action", "/samples"), At("enctype", "multipart/form-data"),
            Layout.Field("name", "Name", "Left empty: the name of the table's file.", new XElement("input", At("id", "name"), At("name", "name"), At("type", "text"), At("aria-describedby", "name-help"), At("autocomplete", "off"))),
            Layout.Field("table", "Table", "The sample table (CSV).", new XElement("input", At("id", "table"), At("name", "table"), At("type", "file"), At("accept", ".csv,text/csv"), At("aria-describedby", "table-help"), At("required", "required"))),
            Layout.Field("maps", "Folder of maps", "FITS images and region files, named as in the table or laid out as in the release of X-COP or CHEX-MATE. Leave it empty when the maps are on the server already.",
                new XElement("input", At("id", "maps"), At("name", "maps"), At("type", "file"), At("multiple", "multiple"), At("webkitdirectory", "webkitdirectory"), At("aria-describedby", "maps-help"))),
            new XElement("button", At("type", "submit"), "Send")),
    ], problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static XElement Row(string name, string path, string maps)
    {
        var redshifts = SampleTable.Read(path).Rows.Select(row => row.Redshift).ToList();
        return Layout.Row(RowHeading(Layout.Link($"/samples/{name}", name)), redshifts.Count.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{redshifts.Min():f3} to {redshifts.Max():f3}"), maps);
    }

    // The table as its author wrote it, without columns in which nothing stands.
    private static IResult Show(string name, string path, OwnSample? sample)
    {
        var records = CsvText.Parse(File.ReadAllText(path), name).Select(record => record.Cells).ToList();
        var (names, rows) = (records[0], records[1..]);
        var columns = Enumerable.Range(0, names.Length).Where(column => rows.Any(row => row[column].Length > 0)).ToList();
        return Layout.Page(name, "/samples",
        [
            Tag("div", "tools", Tag("a", "button", At("href", $"/start?definition=cluster-survey&Sample={Uri.EscapeDataString(name)}"), "Survey this sample"),
                sample is null ? null : Layout.Action($"/samples/{Uri.EscapeDataString(name)}/delete", "Delete", $"Delete {name} and its maps? Runs that used it keep their results, but cannot be made again.")),
            Layout.Table(name, columns.Select(column => names[column]), rows.Select(row => Layout.Row([RowHeading(row[columns[0]]), .. columns.Skip(1).Select(column => (object?)row[column])]))),
        ]);
    }
}
