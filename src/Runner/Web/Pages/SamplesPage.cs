using System.Globalization;
using System.Xml.Linq;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static ClusterSurvey.Activities.Report.Markup.Html;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>The samples that come with the program.</summary>
internal static class SamplesPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/samples", () => Layout.Page("Samples", "/samples",
        [
            Tag("p", "lead", "Tables of clusters that come with the program. A table of your own is a CSV file with at least name, ra_deg, dec_deg, redshift and one of r500_kpc and theta500_arcmin."),
            Layout.Table("Samples", ["Sample", "Clusters", "Redshifts"], Samples().Select(Row)),
        ]));
        routes.MapGet("/samples/{name}", (string name) => Samples().Where(sample => sample.Name == name).Select(sample => Show(sample.Name)).FirstOrDefault() ?? ErrorPage.NotFound($"The sample {name}"));
    }

    /// <summary>The shipped samples by name; lists of exclusions and descriptions of columns are none.</summary>
    public static IEnumerable<(string Name, SampleTable Table)> Samples() => Directory.EnumerateFiles(Path.Combine(ShippedData.Root, "samples"), "*.csv")
        .Order(StringComparer.Ordinal)
        .Where(file => Path.GetFileNameWithoutExtension(file) is var name && name != "COLUMNS" && !name.Contains("exclusions", StringComparison.Ordinal))
        .Select(file => (Path.GetFileNameWithoutExtension(file), SampleTable.Read(file)));

    private static XElement Row((string Name, SampleTable Table) sample)
    {
        var redshifts = sample.Table.Rows.Select(row => row.Redshift).ToList();
        return Layout.Row(RowHeading(Layout.Link($"/samples/{sample.Name}", sample.Name)), sample.Table.Rows.Count.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{redshifts.Min():f3} to {redshifts.Max():f3}"));
    }

    // The table as its author wrote it, without columns in which nothing stands.
    private static IResult Show(string name)
    {
        var records = CsvText.Parse(File.ReadAllText(PathOf(name)), name).Select(record => record.Cells).ToList();
        var (names, rows) = (records[0], records[1..]);
        var columns = Enumerable.Range(0, names.Length).Where(column => rows.Any(row => row[column].Length > 0)).ToList();
        return Layout.Page(name, "/samples",
        [
            new XElement("p", Tag("a", "button", At("href", $"/start?definition=cluster-survey&Sample={name}"), "Survey this sample")),
            Layout.Table(name, columns.Select(column => names[column]), rows.Select(row => Layout.Row([RowHeading(row[columns[0]]), .. columns.Skip(1).Select(column => (object?)row[column])]))),
        ]);
    }

    private static string PathOf(string name) => ShippedData.Find("samples", name, ".csv");
}
