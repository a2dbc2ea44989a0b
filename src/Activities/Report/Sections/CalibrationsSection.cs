using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>The Mach number by every published relation: for all regions in a table, for one as a figure.</summary>
internal static class CalibrationsSection
{
    private const string OfPressure = "Relations marked δP were published for fluctuations of pressure; with density they take isothermal fluctuations, δP/P = δ.";

    private static readonly string[] Columns = ["mach_3d_median", "mach_3d_low68", "mach_3d_high68", "mach_3d_low95", "mach_3d_high95", "defined"];

    /// <summary>Whether there is anything to show.</summary>
    public static bool IsIn(ReportModel model) => model.Regions.Any(region => region.Calibrations.Count > 0);

    /// <summary>The table of the survey's page: relations against regions.</summary>
    public static XElement? Draw(ReportModel model)
    {
        if (!IsIn(model)) return null;
        var regions = model.Regions.Where(region => region.Calibrations.Count > 0).ToArray();
        var names = model.Names;
        return Html.Tag("section", null, Html.At("id", "mach"), Html.Tag("h2", null, "Mach number by every calibration"),
            Html.ScrollBox(new XElement("table", new XElement("caption", RichText.ToHtml("3-D Mach number M_{3D} of the joint posterior of each region, medians with 68 % intervals that hold the scatter of the relation")),
                Html.Headings([.. new object[] { "Relation" }, .. regions.Select(region => (object)Html.Tag("a", null, Html.At("href", names.RegionPage(region.Name)), region.Name.Replace('_', ' ')))]),
                new XElement("tbody", regions[0].Calibrations.Select((mach, i) => new XElement("tr", Html.RowHeading(Named(mach)), regions.Select(region => Html.Tag("td", "n", Value(region.Calibrations[i]))))))), "Mach numbers"),
            Html.Tag("p", "fine", $"The first relation is the one that turbulent pressure and hydrostatic bias rest on (setting mach_calibration). {OfPressure} A dash: the relation asks for the peak of the spectrum, which more than half of the draws do not have (slope of 3 or less). The relations in letters are on the pages of the regions."),
            new DataTable("mach.csv", ["region", "calibration", "selected", .. Columns], [.. regions.SelectMany(region => region.Calibrations.Select(mach => (object[])[region.Name, .. Cells(mach)]))]).Draw());
    }

    /// <summary>The figure and the relations of a region's page.</summary>
    public static XElement? Draw(ReportModel model, RegionResult region)
    {
        if (region.Calibrations.Count == 0) return null;
        var shown = region.Calibrations.Where(mach => mach.Value is not null).ToArray();
        var plot = new ComparisonPlot($"Mach number by every calibration: {region.Title}", [("3-D Mach number M_{3D}", false)], [$"joint posterior, {region.Title}"],
            [.. shown.Select(mach => new ComparedRow(mach.Calibration.Label, [[new ComparedValue(mach.Value)]]))], FirstIsWhole: shown.Any(mach => mach.IsSelected)) { NameRoom = 292, ColumnRoom = 420 };
        var caption = $"The Mach number of the joint posterior by every published relation. {region.Title}. Median, 68 % (thick) and 95 % (thin) intervals, the scatter of each relation included where one was published. {(shown.Any(mach => mach.IsSelected) ? "The first, in bold, is the one that the derived quantities rest on. " : "")}{OfPressure}{Missing(region)}";
        var data = new DataTable($"mach-{model.Names.Region(region.Name)}.csv", ["calibration", "selected", .. Columns], [.. region.Calibrations.Select(mach => (object[])[.. Cells(mach)])]);
        return Html.Tag("section", null, Html.At("id", "mach"), Html.Tag("h2", null, "Mach number by every calibration"), new Figure([plot.Draw()], caption, data, IsWide: true).Draw(), Relations(region));
    }

    private static string Missing(RegionResult region) => string.Concat(region.Calibrations.Where(mach => mach.Defined < 1).Select(mach => mach.Value is null
        ? $" {mach.Calibration.Label} is left out: {Share(1 - mach.Defined)} of the draws have a slope of 3 or less and no peak of A(k), which it asks for."
        : $" {mach.Calibration.Label} is that of the {Share(mach.Defined)} of the draws whose slope is above 3: the others have no peak of A(k)."));

    private static string Share(double part) => $"{NumberText.Fixed(100 * part, 1)} %";

    private static XElement Relations(RegionResult region) => Html.ScrollBox(new XElement("table",
        Html.Headings([.. new object[] { "Relation" }, RichText.ToHtml("M_{3D}"), "In letters", "Published in"]),
        new XElement("tbody", region.Calibrations.Select(mach => new XElement("tr", Html.RowHeading(Named(mach)), Html.Tag("td", "n", Value(mach)),
            Html.Tag("td", "wrap", RichText.ToHtml(mach.Calibration.Relation)), Html.Tag("td", "wrap", mach.Calibration.Citation))))), "Relations");

    private static object Named(CalibratedMach mach) => mach.IsSelected ? new XElement("b", mach.Calibration.Label) : mach.Calibration.Label;

    private static object Value(CalibratedMach mach) => mach.Value is { } value ? NumberText.ToHtml(value) : "–";

    private static IEnumerable<object> Cells(CalibratedMach mach) => [mach.Calibration.Name, mach.IsSelected ? "yes" : "no", .. DataRow.Of(mach.Value), mach.Defined];
}
