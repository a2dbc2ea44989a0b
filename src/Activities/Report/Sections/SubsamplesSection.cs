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
    public static bool IsIn(ReportModel model) => model.Groupings.Count + model.Excluded.Count + model.UnmatchedExclusions.Count > 0;

    public static XElement? Draw(ReportModel model) => !IsIn(model) ? null : Html.Tag("section", null, Html.At("id", "subsamples"),
        Html.Tag("h2", null, "Sub-samples"), Excluded(model), model.Groupings.Select(grouping => Grouping(model, grouping)));

    private static XElement? Excluded(ReportModel model) => model.Excluded.Count + model.UnmatchedExclusions.Count == 0 ? null : Html.Tag("article", null,
        Html.Tag("h3", null, "Excluded"),
        Html.Tag("p", null, "The settings leave these clusters out of every joint posterior and group; each is still measured."),
        new XElement("ul", model.Excluded.Select(cluster => new XElement("li", $"{cluster.Name}: {cluster.Reason}"))),
        model.UnmatchedExclusions.Count == 0 ? null : Html.Tag("p", null, $"Named in the exclusions, but not in the sample: {string.Join(", ", model.UnmatchedExclusions)}."));

    private static XElement Grouping(ReportModel model, SampleGrouping grouping)
    {
        var results = model.Subsamples.Where(part => part.Grouping == grouping.Name).ToArray();
        return Html.Tag("article", null, Html.Tag("h3", null, grouping.Name), Plot(grouping, results), Members(grouping), LeftOut(grouping));
    }

    private static XElement? Plot(SampleGrouping grouping, SubsampleResult[] results)
    {
        if (results.Length == 0) return null;
        var shown = results.Where(result => Compared.Contains(result.Region)).ToArray();
        if (shown.Length == 0) shown = results;
        var rows = shown.Select(part => new GroupPlotRow($"{part.Name} ({part.Clusters}), {part.Region}", [part.Joint[0], part.MachNumber, part.Joint[1], part.Joint[2]], part.Region == Compared[1]));
        const string caption = "Joint posterior of each group, with its number of clusters. Grey: with the core (global); blue: without (no_core). Median, 68 % (thick) and 95 % (thin) intervals.";
        return new Figure([new GroupPlot(grouping.Name, Columns, [.. rows]).Draw()], caption, Data(grouping, results), IsWide: true).Draw();
    }

    private static XElement Members(SampleGrouping grouping) => Html.ScrollBox(new XElement("table",
        Html.Headings(["Group", "Condition", "Clusters"]),
        new XElement("tbody", grouping.Groups.Select(group => new XElement("tr", Html.RowHeading(group.Name), Html.Tag("td", "wrap", new XElement("code", group.Where)),
            Html.Tag("td", "wrap", group.Clusters.Count == 0 ? "none: the group is empty" : string.Join(", ", group.Clusters)))))), grouping.Name);

    private static XElement? LeftOut(SampleGrouping grouping) => grouping.LeftOut.Count == 0 ? null : Html.Tag("p", null,
        "Left out: " + string.Join("; ", grouping.LeftOut.GroupBy(cluster => cluster.Reason).Select(group => $"{string.Join(", ", group.Select(cluster => cluster.Name))} ({group.Key})")) + ".");

    private static DataTable Data(SampleGrouping grouping, SubsampleResult[] results) => new($"subsamples-{string.Concat(grouping.Name.Where(char.IsAsciiLetterOrDigit))}.csv",
        ["group", "region", "clusters", "quantity", "median", "low68", "high68", "low95", "high95"],
        [.. results.SelectMany(part => Enumerable.Range(0, 3).Select(p => (object[])[part.Name, part.Region, part.Clusters, Parameter.All[p].Name, .. DataRow.Of(part.Joint[p])])
            .Append([part.Name, part.Region, part.Clusters, "3-D Mach number", .. DataRow.Of(part.MachNumber)]))]);
}
