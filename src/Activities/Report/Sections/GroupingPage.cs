using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;
using ClusterSurvey.Activities.Samples;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>A division of the sample: the joint posteriors of its groups with and without the core, in every region, and who is in them.</summary>
internal static class GroupingPage
{
    private const string WithCore = "global", WithoutCore = "no_core";

    private static readonly (string Label, bool Logarithmic)[] Columns =
        [(Parameter.All[0].AxisLabel, true), ("3-D Mach number M_{3D}", true), (Parameter.All[1].AxisLabel, true), (Parameter.All[2].AxisLabel, false)];

    public static ReportPage Draw(ReportModel model, SampleGrouping grouping)
    {
        var results = model.Subsamples.Where(part => part.Grouping == grouping.Name).ToArray();
        var count = grouping.Groups.Count;
        return ReportPage.Of(model, model.Names.GroupingPage(grouping.Name), $"{grouping.Name} – {model.SurveyName}", [],
            Html.Tag("section", null, Html.At("id", "result"), Html.Tag("h1", null, $"Sub-samples: {grouping.Name}"), Html.Tag("p", "by", count == 1 ? "1 group" : $"{count} groups"),
                Within(grouping), Core(model, grouping, results), Everywhere(model, grouping, results)),
            LiteratureSection.OfGroups(model, grouping),
            Html.Tag("section", null, Html.At("id", "members"), Html.Tag("h2", null, "Members"), Members(model, grouping), LeftOut(grouping)));
    }

    private static XElement? Within(SampleGrouping grouping) => grouping.Within is null ? null : Html.Tag("p", null, "Of the clusters with ", new XElement("code", grouping.Within), ".");

    // The comparison of the talk: every group with its core and without.
    private static XElement? Core(ReportModel model, SampleGrouping grouping, SubsampleResult[] results)
    {
        var regions = new[] { WithCore, WithoutCore }.Select(name => model.Regions.FirstOrDefault(region => region.Name == name)).OfType<RegionResult>().ToArray();
        if (results.Length == 0 || regions.Length < 2) return null;
        var groups = grouping.Groups.Where(group => results.Any(part => part.Name == group.Name)).Select(group => new ComparedRow($"{group.Name} ({group.Clusters.Count})",
            [.. Enumerable.Range(0, 4).Select(column => (IReadOnlyList<ComparedValue>)[.. regions.Select(region => new ComparedValue(Value(results.FirstOrDefault(part => part.Name == group.Name && part.Region == region.Name), column), Truth(region, column)))])]));
        var whole = new ComparedRow($"all ({regions[0].Clusters})", [.. Enumerable.Range(0, 4).Select(column => (IReadOnlyList<ComparedValue>)[.. regions.Select(region => new ComparedValue(Value(region, column), Truth(region, column)))])]);
        var plot = new ComparisonPlot($"Groups with and without their core: {grouping.Name}", Columns, [$"with core ({regions[0].Bounds})", $"without core ({regions[1].Bounds})"], [whole, .. groups], FirstIsWhole: true);
        var caption = $"Joint posterior of each group, with its number of clusters, with the core (filled) and without (open). Median, 68 % (thick) and 95 % (thin) intervals.{OfTruth(regions)}";
        return new Figure([plot.Draw()], caption, Data($"core-{model.Names.Grouping(grouping.Name)}.csv", [.. regions.SelectMany(region => Rows(region, results))]), IsWide: true).Draw();
    }

    private static XElement? Everywhere(ReportModel model, SampleGrouping grouping, SubsampleResult[] results)
    {
        if (results.Length == 0) return null;
        var regions = model.Regions.Where(region => results.Any(result => result.Region == region.Name)).ToArray();
        var caption = $"Joint posterior of each group in every region, with its number of clusters. Median, 68 % (thick) and 95 % (thin) intervals; blue line and band: median and 68 % interval of the whole sample.{OfTruth(regions)}";
        return new Figure([new GroupPlot(grouping.Name, Columns, [.. regions.Select(region => InRegion(region, results))]).Draw()], caption,
            Data($"subsamples-{model.Names.Grouping(grouping.Name)}.csv", [.. regions.SelectMany(region => Rows(region, results))]), IsWide: true).Draw();
    }

    private static string OfTruth(RegionResult[] regions) => regions.All(region => region.Truth is null) ? "" : " Dashed orange lines: the truth of the mock.";

    private static PosteriorSummary? Value(SubsampleResult? part, int column) => part is null ? null : column switch { 0 => part.Joint[0], 1 => part.MachNumber, 2 => part.Joint[1], _ => part.Joint[2] };

    private static PosteriorSummary? Value(RegionResult region, int column) => column switch { 0 => region.Joint[0], 1 => region.MachNumber, 2 => region.Joint[1], _ => region.Joint[2] };

    private static double? Truth(RegionResult region, int column) => column switch { 0 => region.Truth?[0], 1 => null, 2 => region.Truth?[1], _ => region.Truth?[2] };

    private static GroupPlotRegion InRegion(RegionResult region, SubsampleResult[] results) => new(region.Title,
        [.. results.Where(part => part.Region == region.Name).Select(part => new GroupPlotRow($"{part.Name} ({part.Clusters})", [.. Enumerable.Range(0, 4).Select(column => Value(part, column)!.Value)]))],
        [.. Enumerable.Range(0, 4).Select(column => Value(region, column))], [.. Enumerable.Range(0, 4).Select(column => Truth(region, column))]);

    private static IEnumerable<object[]> Rows(RegionResult region, SubsampleResult[] results) =>
        results.Where(part => part.Region == region.Name).Select(part => (object[])[part.Name, region.Name, part.Clusters, .. DataRow.Of(part.Joint), .. DataRow.Of(part.MachNumber)])
            .Prepend(["all", region.Name, region.Clusters, .. DataRow.Of(region.Joint), .. DataRow.Of(region.MachNumber)]);

    private static DataTable Data(string name, IReadOnlyList<object[]> rows) => new(name, ["group", "region", "clusters", .. DataRow.Columns, "mach_3d_median", "mach_3d_low68", "mach_3d_high68", "mach_3d_low95", "mach_3d_high95"], rows);

    private static XElement Members(ReportModel model, SampleGrouping grouping)
    {
        var names = model.Names;
        var measured = model.Clusters.Select(cluster => cluster.Name).ToHashSet();
        object Cluster(string name) => measured.Contains(name) ? Html.Tag("a", null, Html.At("href", names.ClusterPage(name)), name) : name;
        return Html.ScrollBox(new XElement("table", Html.Headings(["Group", "Condition", "Number", "Clusters"]),
            new XElement("tbody", grouping.Groups.Select(group => new XElement("tr", Html.RowHeading(group.Name), Html.Tag("td", "wrap", Html.At("title", group.Where), group.Condition),
                Html.Tag("td", "n", group.Clusters.Count), Html.Tag("td", "wrap", group.Clusters.Count == 0 ? "none: the group is empty" : group.Clusters.SelectMany((name, i) => i == 0 ? [Cluster(name)] : new[] { ", ", Cluster(name) })))))), grouping.Name);
    }

    private static XElement? LeftOut(SampleGrouping grouping) => grouping.LeftOut.Count == 0 ? null : Html.Tag("p", null,
        "Left out: " + string.Join("; ", grouping.LeftOut.GroupBy(cluster => cluster.Reason).Select(group => $"{string.Join(", ", group.Select(cluster => cluster.Name))} ({group.Key})")) + ".");
}
