using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>Joint posteriors of parts of the sample against that of the whole.</summary>
internal static class SubsamplesSection
{
    public static XElement? Draw(ReportModel model) => model.Subsamples.Count == 0 ? null : Html.Tag("section", null, Html.At("id", "subsamples"),
        Html.Tag("h2", null, "Sub-samples"),
        model.Regions.Select(region => (region, Parts: model.Subsamples.Where(part => part.Region == region.Name).ToArray()))
            .Where(pair => pair.Parts.Length > 0).Select(pair => Region(model, pair.region, pair.Parts)));

    private static XElement Region(ReportModel model, RegionResult region, SubsampleResult[] parts)
    {
        var rows = parts.Select(part => new ForestRow($"{part.Name} ({part.Clusters})", part.Joint)).ToArray();
        var plot = new ForestPlot("sub-samples, " + region.Title, rows, region.Joint, model.Methods.Prior, region.Truth);
        var caption = $"Sub-samples, with their number of clusters, against the whole sample (joint). {region.Title}. Median, 68 % (thick) and 95 % (thin) intervals; the band is the 68 % interval of the whole.";
        return Html.Tag("article", null, Html.Tag("h3", null, RichText.ToHtml(region.Title)), new Figure([plot.Draw()], caption, Data(region, parts), IsWide: true).Draw());
    }

    private static DataTable Data(RegionResult region, SubsampleResult[] parts) => new($"subsamples-{region.Name}.csv", ["sub-sample", "clusters", "parameter", "median", "low68", "high68", "low95", "high95"],
        [.. parts.SelectMany(part => Enumerable.Range(0, 3).Select(p => (object[])[part.Name, part.Clusters, Parameter.All[p].Name, .. DataRow.Of(part.Joint[p])]))]);
}
