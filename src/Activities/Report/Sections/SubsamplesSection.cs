using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;
using ClusterSurvey.Activities.Samples;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>Joint posteriors of the groups of each division of the sample, and which clusters are in none.</summary>
internal static class SubsamplesSection
{
    private static readonly string[] Compared = ["global", "no_core"];

    private static readonly (string Label, bool Logarithmic)[] Columns =
        [(Parameter.All[0].AxisLabel, true), ("3-D Mach number M", true), (Parameter.All[1].AxisLabel, true), (Parameter.All[2].AxisLabel, false)];

    /// <summary>Whether there is anything to show.</summary>
    public static bool IsIn(ReportModel model) => model.Division.Groupings.Count + model.Division.Excluded.Count + model.Division.Unmatched.Count > 0;

    public static XElement? Draw(ReportModel model) => !IsIn(model) ? null : Html.Tag("section", null, Html.At("id", "subsamples"),
        Html.Tag("h2", null, "Sub-samples"), Excluded(model.Division), model.Division.Groupings.Select(grouping => Grouping(model, grouping)));

    private static XElement? Excluded(SampleDivision division) => division.Excluded.Count + division.Unmatched.Count == 0 ? null : Html.Tag("article", null,
        Html.Tag("h3", null, "Excluded"),
        division.Excluded.Count == 0 ? null : Html.Tag("p", null, "The settings leave these clusters out of every joint posterior and group; each is still measured."),
        division.Excluded.Count == 0 ? null : new XElement("ul", division.Excluded.Select(cluster => new XElement("li", $"{cluster.Name}: {cluster.Reason}"))),
        division.Unmatched.Count == 0 ? null : Html.Tag("p", null, $"Named in the exclusions, but not among the clusters of this run: {string.Join(", ", division.Unmatched.Select(name => name.InWords()))}."));

    private static XElement Grouping(ReportModel model, SampleGrouping grouping)
    {
        var results = model.Subsamples.Where(part => part.Grouping == grouping.Name).ToArray();
        return Html.Tag("article", null, Html.Tag("h3", null, grouping.Name), Within(grouping), Plot(model, grouping, results), Members(grouping), LeftOut(grouping));
    }

    private static XElement? Within(SampleGrouping grouping) => grouping.Within is null ? null : Html.Tag("p", null, "Of the clusters with ", new XElement("code", grouping.Within), ".");

    private static XElement? Plot(ReportModel model, SampleGrouping grouping, SubsampleResult[] results)
    {
        if (results.Length == 0) return null;
        var regions = model.Regions.Where(region => results.Any(result => result.Region == region.Name)).ToArray();
        if (regions.Any(region => Compared.Contains(region.Name))) regions = [.. regions.Where(region => Compared.Contains(region.Name))];
        var truth = regions.All(region => region.Truth is null) ? "" : " Dashed orange lines: the truth of the mock.";
        var caption = $"Joint posterior of each group, with its number of clusters. Median, 68 % (thick) and 95 % (thin) intervals; blue line and band: median and 68 % interval of the whole sample.{truth}";
        return new Figure([new GroupPlot(grouping.Name, Columns, [.. regions.Select(region => InRegion(region, results))]).Draw()], caption, Data(grouping, results), IsWide: true).Draw();
    }

    private static GroupPlotRegion InRegion(RegionResult region, SubsampleResult[] results) => new(region.Title,
        [.. results.Where(part => part.Region == region.Name).Select(part => new GroupPlotRow($"{part.Name} ({part.Clusters})", [part.Joint[0], part.MachNumber, part.Joint[1], part.Joint[2]]))],
        [region.Joint[0], region.MachNumber, region.Joint[1], region.Joint[2]],
        [region.Truth?[0], null, region.Truth?[1], region.Truth?[2]]);

    private static XElement Members(SampleGrouping grouping) => Html.ScrollBox(new XElement("table",
        Html.Headings(["Group", "Condition", "Number", "Clusters"]),
        new XElement("tbody", grouping.Groups.Select(group => new XElement("tr", Html.RowHeading(group.Name), Html.Tag("td", "wrap", Html.At("title", group.Where), group.Condition),
            Html.Tag("td", "n", group.Clusters.Count), Html.Tag("td", "wrap", group.Clusters.Count == 0 ? "none: the group is empty" : string.Join(", ", group.Clusters)))))), grouping.Name);

    private static XElement? LeftOut(SampleGrouping grouping) => grouping.LeftOut.Count == 0 ? null : Html.Tag("p", null,
        "Left out: " + string.Join("; ", grouping.LeftOut.GroupBy(cluster => cluster.Reason).Select(group => $"{string.Join(", ", group.Select(cluster => cluster.Name))} ({group.Key})")) + ".");

    private static DataTable Data(SampleGrouping grouping, SubsampleResult[] results) => new($"subsamples-{string.Concat(grouping.Name.Where(char.IsAsciiLetterOrDigit))}.csv",
        ["group", "region", "clusters", "quantity", "median", "low68", "high68", "low95", "high95"],
        [.. results.SelectMany(part => Enumerable.Range(0, 3).Select(p => (object[])[part.Name, part.Region, part.Clusters, Parameter.All[p].Name, .. DataRow.Of(part.Joint[p])])
            .Append([part.Name, part.Region, part.Clusters, "3-D Mach number", .. DataRow.Of(part.MachNumber)]))]);
}
