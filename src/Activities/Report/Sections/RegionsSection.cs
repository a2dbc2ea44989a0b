using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>Each region's joint posterior as a corner plot, and what each cluster says beside it.</summary>
internal static class RegionsSection
{
    /// <summary>A longer forest plot is folded, so that the regions stay in sight of each other.</summary>
    private const int MostRowsOpen = 40;

    public static XElement Draw(ReportModel model) => Html.Tag("section", null, Html.At("id", "regions"),
        Html.Tag("h2", null, "Regions"),
        model.Regions.Select((region, i) => Region(model, region, Html.Anchor("region", i))));

    private static XElement Region(ReportModel model, RegionResult region, string anchor) => Html.Tag("article", null, Html.At("id", anchor),
        Html.Tag("h3", null, RichText.ToHtml(region.Title)), FlagList.Draw(region.Flags),
        Html.Tag("div", "pair", Corner(model, region), Forest(model, region)), Derived(region));

    private static XElement? Corner(ReportModel model, RegionResult region)
    {
        if (region.Densities is null) return null;
        var plot = new CornerPlot(region.Title, region.Joint, region.Densities, model.Methods.Prior, region.Truth);
        var truth = region.Truth is null ? "" : " Dashed orange lines: the truth of the mock.";
        var caption = $"Joint posterior of {Clusters(region.Clusters)}. {region.Title}. Diagonal: marginal densities, the 68 % interval shaded, a line at the median. "
            + $"Below: 68 and 95 % highest-density regions.{truth} The bar above each column is the range of the prior; its dark part is what the axis spans.";
        return new Figure([plot.Draw()], caption).Draw();
    }

    private static XElement? Forest(ReportModel model, RegionResult region)
    {
        var rows = model.Clusters.Select(cluster => (cluster.Name, cluster.Regions.FirstOrDefault(r => r.Region == region.Name)?.Posterior))
            .Where(row => row.Posterior is not null).Select(row => new ForestRow(row.Name, row.Posterior!, model.IsExcluded(row.Name))).ToArray();
        if (rows.Length == 0) return null;
        var plot = new ForestPlot(region.Title, rows, region.Joint, model.Methods.Prior, region.Truth);
        var truth = region.Truth is null ? "" : " Dashed orange lines: the truth of the mock.";
        var excluded = rows.Any(row => row.IsFaint) ? " Faint: excluded from the joint posterior." : "";
        var caption = $"Each cluster alone against all together. {region.Title}. Median, 68 % (thick) and 95 % (thin) intervals; the band is the joint 68 % interval.{excluded}{truth}";
        var figure = new Figure([plot.Draw()], caption, IsWide: true).Draw();
        return rows.Length <= MostRowsOpen ? figure : Html.Details(null, $"Each of the {rows.Length} clusters", open: false, figure);
    }

    private static XElement? Derived(RegionResult region) => region.Derived.Count == 0 ? null : Html.Details("derived", "Derived quantities", open: false, Html.ScrollBox(new XElement("table",
        Html.Headings(new[] { "Quantity", "Value (68 %)", "95 % interval", "Conversion" }),
        new XElement("tbody", region.Derived.Select(quantity => new XElement("tr",
            Html.RowHeading(RichText.ToHtml($"{quantity.Name} {quantity.Symbol}"), quantity.Unit.Length > 0 ? $" ({quantity.Unit})" : null),
            Html.Tag("td", "n", NumberText.ToHtml(quantity.Value)),
            Html.Tag("td", "n", $"{NumberText.Significant(quantity.Value.Low95)} – {NumberText.Significant(quantity.Value.High95)}"), new XElement("td", RichText.ToHtml(quantity.Conversion)))))), "Derived quantities"));

    private static string Clusters(int count) => count == 1 ? "1 cluster" : $"{count} clusters";
}
