using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;
using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>How sigma of the clusters goes with mass, redshift, shape and radio halo.</summary>
internal static class TrendsSection
{
    private const double Level = 0.05;
    private static readonly string[] Plotted = ["global", "no_core"];

    /// <summary>Whether there is anything to show: at least one trend with enough clusters.</summary>
    public static bool IsIn(ReportModel model) => model.Trends.Any(trend => trend.Numbers.Slope is not null);

    public static XElement? Draw(ReportModel model) => !IsIn(model) ? null : Html.Tag("section", null, Html.At("id", "trends"), Html.Tag("h2", null, "Trends"),
        Html.Tag("p", null, Verdict(model)), Regions(model).Select(region => Plots(model, region)), Numbers(model), LeftOut(model));

    private static string Verdict(ReportModel model)
    {
        var tested = model.Trends.Where(trend => trend.Numbers.PValueHolm is not null).ToArray();
        var found = tested.Where(trend => trend.Numbers.PValueHolm < Level).ToArray();
        var told = found.Length == 0 ? $"None of the trends of σ with {tested.Select(trend => trend.Numbers.Quantity).Distinct().Count()} quantities is stronger than chance allows"
            : "Stronger than chance allows: " + string.Join("; ", found.Select(trend => $"{trend.Numbers.Quantity} in region {trend.Numbers.Region} (slope {InOneLine(trend.Numbers.Slope!.Value)} dex per unit, p = {NumberText.Significant(trend.Numbers.PValueHolm!.Value, 2)})"));
        return told + " (p < 0.05 after Holm's correction for the quantities of a region). Regions overlap, and so do their clusters.";
    }

    // The wide regions, where clusters alone say something; all of them when there are no such.
    private static RegionResult[] Regions(ReportModel model)
    {
        var chosen = model.Regions.Where(region => Plotted.Contains(region.Name)).ToArray();
        return chosen.Length > 0 ? chosen : [.. model.Regions];
    }

    private static XElement? Plots(ReportModel model, RegionResult region)
    {
        var trends = model.Trends.Where(trend => trend.Numbers.Region == region.Name && trend.Numbers.Slope is not null).ToArray();
        if (trends.Length == 0) return null;
        var measured = trends.Any(trend => trend.Points.Any(point => point.IsMeasured));
        var caption = $"Density fluctuation σ of each cluster against what is known of it, in {region.Title}: median and 68 % interval of its own posterior. Line: the trend, by the likelihoods of all: a cluster that tells little lies where the prior has it, and moves no line."
            + (measured ? " Open circles: quantities measured on the maps; filled ones: from the sample table." : "");
        return Html.Tag("article", null, Html.Tag("h3", null, RichText.ToHtml(region.Title)), new Figure([.. trends.Select(trend => new TrendPlot(trend, Parameter.All[0].Symbol).Draw())], caption, Data(model, region, trends)).Draw());
    }

    private static XElement Numbers(ReportModel model) => Html.ScrollBox(new XElement("table",
        new XElement("caption", "A line with intrinsic scatter through log σ by the likelihoods of the clusters: its slope, the scatter, and the correlation ρ without errors of measurement, near 1 or −1 where clusters differ little from the line; medians with 68 % intervals; p: twice the probability that the slope has the other sign"),
        Html.Headings(["Region", "Quantity", "Clusters", "Slope (dex per unit)", "p", "p (Holm)", "Scatter (dex)", "ρ"]),
        new XElement("tbody", model.Trends.Where(trend => trend.Numbers.Slope is not null).Select(Row))), "Trends");

    private static XElement Row(TrendResult trend)
    {
        var row = trend.Numbers;
        return new XElement("tr", Html.RowHeading(row.Region), new XElement("td", RichText.ToHtml(trend.Label)), Html.Tag("td", "n", row.Measured == 0 ? $"{row.Clusters}" : $"{row.Clusters} ({row.Measured} measured)"),
            Html.Tag("td", "n", Interval(row.Slope)), Html.Tag("td", "n", Probability(row.PValue)),
            Html.Tag("td", "n", row.PValueHolm < Level ? new XElement("b", Probability(row.PValueHolm)) : Probability(row.PValueHolm)),
            Html.Tag("td", "n", Interval(row.IntrinsicScatter)), Html.Tag("td", "n", $"{NumberText.Fixed(row.Correlation!.Value.Median, 2)} ({Range(row.Correlation)})"));
    }

    private static string Range(Interval? interval) => interval is { } known ? $"{NumberText.Fixed(known.Low68, 2)} to {NumberText.Fixed(known.High68, 2)}" : "";

    private static string Probability(double? p) => p is { } known ? NumberText.Significant(known, 2) : "–";

    private static object Interval(Interval? interval) => interval is { } known ? NumberText.ToHtml(Summary(known)) : "–";

    private static string InOneLine(Interval interval) => NumberText.InOneLine(Summary(interval));

    private static PosteriorSummary Summary(Interval interval) => new(interval.Median, interval.Low68, interval.High68, interval.Low68, interval.High68);

    private static XElement? LeftOut(ReportModel model)
    {
        var missing = model.Trends.Where(trend => trend.Numbers.LeftOut.Length > 0 || trend.Numbers.Slope is null)
            .GroupBy(trend => (trend.Label, trend.Numbers.LeftOut, trend.Numbers.Clusters, HasTrend: trend.Numbers.Slope is not null), trend => trend.Numbers.Region).ToArray();
        return missing.Length == 0 ? null : new XElement("ul", missing.Select(group => new XElement("li", RichText.ToHtml(group.Key.Label), ": ",
            string.Join("; ", new[] { Unknown(group.Key.LeftOut), group.Key.HasTrend ? null : $"{group.Key.Clusters} clusters are too few, or do not differ in it: no trend" }.OfType<string>()), $" (regions {string.Join(", ", group)}).")));
    }

    private static string? Unknown(string names) => names.Length == 0 ? null : $"unknown or in no category for {names.Replace(";", ", ", StringComparison.Ordinal)}, which are left out of it";

    private static DataTable Data(ReportModel model, RegionResult region, TrendResult[] trends) => new($"trends-{model.Names.Region(region.Name)}.csv", ["quantity", "cluster", "value", "source", "sigma_median", "sigma_low68", "sigma_high68"],
        [.. trends.SelectMany(trend => trend.Points.Select(point => (object[])[trend.Numbers.Quantity, point.Cluster, point.Quantity, point.IsMeasured ? "measured" : "table", point.Sigma.Median, point.Sigma.Low68, point.Sigma.High68]))]);
}
