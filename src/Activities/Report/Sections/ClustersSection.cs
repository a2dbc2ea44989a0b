using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>The table of clusters, which is the index too, and a card for each.</summary>
internal static class ClustersSection
{
    private const int FewClusters = 4, OpenAtFirst = 2;

    public static XElement Draw(ReportModel model)
    {
        var main = Summary.MainRegion(model);
        return Html.Tag("section", null, Html.At("id", "clusters"), Html.Tag("h2", null, "Clusters"),
            Html.Tag("p", "fine", "The table sorts by any column. The parameters are those of each cluster alone", main is null ? "." : new object[] { ": ", RichText.ToHtml(main.Title), "." }),
            Html.Tag("p", "tools", new XElement("label", "Find ", Html.Tag("input", null, Html.At("type", "search"), Html.At("id", "find"), Html.At("placeholder", "name"))),
                Button("open-all", "Open all"), Button("close-all", "Close all")),
            Html.ScrollBox(Table(model, main?.Name), "Clusters"), Data(model).Draw(),
            model.Clusters.Select((cluster, i) => Html.Details("cluster", Title(cluster), model.Clusters.Count <= FewClusters || i < OpenAtFirst, ClusterCard.Draw(cluster, model)).With("id", Html.Anchor("cluster", i))));
    }

    private static XElement Button(string id, string label) => Html.Tag("button", null, Html.At("type", "button"), Html.At("id", id), label);

    private static XElement With(this XElement element, string attribute, string value)
    {
        element.SetAttributeValue(attribute, value);
        return element;
    }

    private static object[] Title(ClusterResult cluster) => [Html.Tag("b", null, cluster.Name), Html.Tag("span", "sub", $" z = {NumberText.Fixed(cluster.Redshift, 4)}")];

    private static XElement Table(ReportModel model, string? region)
    {
        object[] headings = ["Name", "z", new object[] { "R", new XElement("sub", "500"), " (kpc)" }, "Source counts",
            .. Parameter.All.Select(p => (object)RichText.ToHtml(p.Symbol + (p.Unit.Length > 0 ? $" ({p.Unit})" : ""))), "Warnings"];
        return Html.Tag("table", "sortable", Html.At("id", "cluster-table"),
            new XElement("thead", new XElement("tr", headings.Select(heading => Html.Tag("th", null, Html.At("scope", "col"), Html.At("aria-sort", "none"), Html.Tag("button", null, Html.At("type", "button"), heading))))),
            new XElement("tbody", model.Clusters.Select((cluster, i) => Row(cluster, i, region))));
    }

    private static XElement Row(ClusterResult cluster, int index, string? region)
    {
        var posterior = cluster.Regions.FirstOrDefault(r => r.Region == region)?.Posterior;
        var flags = AllFlags(cluster);
        return new("tr", Cell(null, cluster.Name, Html.Tag("a", null, Html.At("href", "#" + Html.Anchor("cluster", index)), cluster.Name)),
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
        string[] keys = ["sigma", "injection_scale_r500", "slope"];
        string[] columns = ["cluster", "redshift", "r500_kpc", "source_counts", "region", .. keys.SelectMany(key => new[] { key + "_median", key + "_low68", key + "_high68", key + "_low95", key + "_high95" })];
        return new("clusters.csv", columns, [.. model.Clusters.SelectMany(cluster => cluster.Regions.Select(region => (object[])
            [cluster.Name, cluster.Redshift, cluster.R500Kpc, cluster.SourceCounts ?? double.NaN, region.Region, .. Enumerable.Range(0, 3).SelectMany(p => DataRow.Of(region.Posterior?[p]))]))]);
    }
}
