using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>The table of clusters, which leads to their pages.</summary>
internal static class ClustersSection
{
    public static XElement Draw(ReportModel model)
    {
        var main = Summary.MainRegion(model);
        return Html.Tag("section", null, Html.At("id", "clusters"), Html.Tag("h2", null, "Clusters"),
            Html.Tag("p", "fine", "The table sorts by any column. The parameters are those of each cluster alone", main is null ? "." : new object[] { ": ", RichText.ToHtml(main.Title), "." }),
            Html.Tag("p", "tools", new XElement("label", "Find ", Html.Tag("input", null, Html.At("type", "search"), Html.At("id", "find"), Html.At("placeholder", "name")))),
            Html.ScrollBox(Table(model, main?.Name), "Clusters"), Data(model).Draw());
    }

    private static XElement Table(ReportModel model, string? region)
    {
        object[] headings = ["Name", "z", new object[] { "R", new XElement("sub", "500"), " (kpc)" }, "Source counts",
            .. Parameter.All.Select(p => (object)RichText.ToHtml(p.Heading)), "Warnings"];
        var names = model.Names;
        return Html.Tag("table", "sortable", Html.At("id", "cluster-table"),
            new XElement("thead", new XElement("tr", headings.Select(heading => Html.Tag("th", null, Html.At("scope", "col"), Html.At("aria-sort", "none"), Html.Tag("button", null, Html.At("type", "button"), heading))))),
            new XElement("tbody", model.Clusters.Select(cluster => Row(cluster, names.ClusterPage(cluster.Name), region))));
    }

    private static XElement Row(ClusterResult cluster, string page, string? region)
    {
        var posterior = cluster.Regions.FirstOrDefault(r => r.Region == region)?.Posterior;
        var flags = AllFlags(cluster);
        return new("tr", Cell(null, cluster.Name, Html.Tag("a", null, Html.At("href", page), cluster.Name)),
            Cell("n", Sortable(cluster.Redshift), NumberText.Fixed(cluster.Redshift, 4)), Cell("n", Sortable(cluster.R500Kpc), NumberText.Count(cluster.R500Kpc)),
            Cell("n", Sortable(cluster.SourceCounts), cluster.SourceCounts is { } counts ? NumberText.Count(counts) : "–"),
            Enumerable.Range(0, 3).Select(p => Cell("n", Sortable(posterior?[p].Median), posterior is null ? "–" : NumberText.ToHtml(posterior[p]))),
            Cell(null, Sortable(flags.Count(flag => flag.Level >= FlagLevel.Warning)), FlagList.Short(flags)));
    }

    private static QualityFlag[] AllFlags(ClusterResult cluster) => [.. cluster.Flags, .. cluster.Regions.SelectMany(region => region.Flags)];

    private static XElement Cell(string? cssClass, string sortBy, object content) => Html.Tag("td", cssClass, Html.At("data-v", sortBy), content);

    private static string Sortable(double? value) => value is { } v && double.IsFinite(v) ? v.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : "";

    private static DataTable Data(ReportModel model)
    {
        return new("clusters.csv", ["cluster", "redshift", "r500_kpc", "source_counts", "region", .. DataRow.Columns], [.. model.Clusters.SelectMany(cluster => cluster.Regions.Select(region => (object[])
            [cluster.Name, cluster.Redshift, cluster.R500Kpc, cluster.SourceCounts ?? double.NaN, region.Region, .. DataRow.Of(region.Posterior)]))]);
    }
}
