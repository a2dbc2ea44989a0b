using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;
using ClusterSurvey.Inference.Posteriors;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>A region's joint posterior as a corner plot, what each cluster says beside it, what follows from it, and what groups of clusters say.</summary>
internal static class RegionPage
{
    public static ReportPage Draw(ReportModel model, RegionResult region) => ReportPage.Of(model, model.Names.RegionPage(region.Name), $"{RichText.ToPlain(region.Title)} – {model.SurveyName}", [],
        Html.Tag("section", null, Html.At("id", "result"),
            Html.Tag("h1", null, RichText.ToHtml(region.Title)),
            Html.Tag("p", "by", RichText.ToHtml($"{Clusters(region.Clusters)} · elliptical radius {region.Bounds}")),
            Html.Tag("p", "lead", RichText.ToHtml(Words(region))), Widened(region), FlagList.Draw(region.Flags),
            Html.Tag("div", "pair", Corner(model, region), Forest(model, region))),
        Derived(region), CalibrationsSection.Draw(model, region), Groups(model, region), LiteratureSection.OfRegion(model, region), Posteriors(model, region));

    private static string Words(RegionResult region) => region.Joint.Sigma.IsFinite
        ? string.Join(", ", Parameter.All.Select((parameter, p) => $"{parameter.Symbol} = {NumberText.InOneLine(region.Joint[p])}{(parameter.Unit.Length > 0 ? " " + parameter.Unit : "")}")) + ": medians of the joint posterior with central 68 % intervals."
        : "No joint posterior is available.";

    private static XElement? Widened(RegionResult region)
    {
        if (region.CommonError is not { } common || region.Clusters < 2) return null;
        var here = common.OfPosterior();
        var widths = 1 / Math.Sqrt(new CommonError(here, common.StandardError).Exponent(region.Clusters));
        var byEnds = common is { Away: { } away, Near: { } near } ? FormattableString.Invariant($", {away:f3} away from the ends of the prior and {near:f3} near them, {here:f3} where this posterior lies") : "";
        return Html.Tag("p", null, RichText.ToHtml(FormattableString.Invariant($"Errors that the likelihoods of the clusters have in common are {common.Share:f3} ± {common.StandardError:f3} of the information of one{byEnds}, measured on {common.Surveys} simulated surveys of {common.Clusters} clusters: the joint posterior is {widths:f2} times as wide as the product of its likelihoods.")));
    }

    private static XElement? Corner(ReportModel model, RegionResult region)
    {
        if (region.Densities?.Value is not { } densities) return null;
        var plot = new CornerPlot(region.Title, region.Joint, densities, model.Methods.Prior, region.Truth);
        var truth = region.Truth is null ? "" : " Dashed orange lines: the truth of the mock.";
        var caption = $"Joint posterior of {Clusters(region.Clusters)}. {region.Title}. Diagonal: marginal densities, the 68 % interval shaded, a line at the median. "
            + $"Below: 68 and 95 % highest-density regions.{truth} The bar above each column is the range of the prior; its dark part is what the axis spans.";
        return new Figure([plot.Draw()], caption, new DataTable($"posterior-{model.Names.Region(region.Name)}.csv", DensityRows.Columns, [.. DensityRows.Of(densities)])).Draw();
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
        var data = new DataTable($"clusters-{model.Names.Region(region.Name)}.csv", ["cluster", "in_joint", .. DataRow.Columns],
            [.. rows.Select(row => (object[])[row.Name, row.IsFaint ? "no" : "yes", .. DataRow.Of(row.Posterior)]), ["joint", "", .. DataRow.Of(region.Joint)]]);
        return new Figure([plot.Draw()], caption, data, IsWide: true).Draw();
    }

    private static XElement? Derived(RegionResult region) => region.Derived.Count == 0 ? null : Html.Tag("section", null, Html.At("id", "derived"), Html.Tag("h2", null, "Derived quantities"), Html.ScrollBox(new XElement("table",
        Html.Headings(new[] { "Quantity", "Value (68 %)", "95 % interval", "Conversion" }),
        new XElement("tbody", region.Derived.Select(quantity => new XElement("tr",
            Html.RowHeading(RichText.ToHtml($"{quantity.Name} {quantity.Symbol}"), quantity.Unit.Length > 0 ? $" ({quantity.Unit})" : null),
            Html.Tag("td", "n", NumberText.ToHtml(quantity.Value)),
            Html.Tag("td", "n", $"{NumberText.Significant(quantity.Value.Low95)} – {NumberText.Significant(quantity.Value.High95)}"), Html.Tag("td", "wrap", RichText.ToHtml(quantity.Conversion)))))), "Derived quantities"));

    private static XElement? Groups(ReportModel model, RegionResult region)
    {
        var names = model.Names;
        var parts = model.Subsamples.Where(part => part.Region == region.Name).ToArray();
        return parts.Length == 0 ? null : Html.Tag("section", null, Html.At("id", "groups"), Html.Tag("h2", null, "Groups of clusters"), Html.ScrollBox(new XElement("table",
            Html.Headings([.. new object[] { "Grouping", "Group", "Clusters" }, .. Parameter.All.Select(parameter => (object)RichText.ToHtml(parameter.Heading)), "3-D Mach number"]),
            new XElement("tbody", parts.Select(part => new XElement("tr",
                Html.RowHeading(Html.Tag("a", null, Html.At("href", names.GroupingPage(part.Grouping)), part.Grouping)), new XElement("td", part.Name), Html.Tag("td", "n", part.Clusters),
                Enumerable.Range(0, 3).Select(p => Html.Tag("td", "n", NumberText.ToHtml(part.Joint[p]))), Html.Tag("td", "n", NumberText.ToHtml(part.MachNumber)))))), "Groups of clusters"));
    }

    private static XElement? Posteriors(ReportModel model, RegionResult region)
    {
        var names = model.Names;
        var rows = model.Clusters.Select(cluster => (cluster, Here: cluster.Regions.FirstOrDefault(r => r.Region == region.Name))).Where(row => row.Here is not null).ToArray();
        return rows.Length == 0 ? null : Html.Tag("section", null, Html.At("id", "clusters"), Html.Tag("h2", null, "Clusters"), Html.ScrollBox(new XElement("table",
            Html.Headings([.. new object[] { "Cluster" }, .. Parameter.All.Select(parameter => (object)RichText.ToHtml(parameter.Heading)), "Pixels", "Warnings"]),
            new XElement("tbody", rows.Select(row => new XElement("tr", Html.RowHeading(Html.Tag("a", null, Html.At("href", names.ClusterPage(row.cluster.Name)), row.cluster.Name)),
                Enumerable.Range(0, 3).Select(p => Html.Tag("td", "n", row.Here!.Posterior is null ? "–" : NumberText.ToHtml(row.Here.Posterior[p]))),
                Html.Tag("td", "n", row.Here!.Pixels is { } pixels ? NumberText.Count(pixels) : "–"), new XElement("td", FlagList.Short([.. row.cluster.Flags, .. row.Here.Flags])))))), "Clusters"));
    }

    private static string Clusters(int count) => count == 1 ? "1 cluster" : $"{count} clusters";
}
