using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Samples;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>The divisions of the sample with links to their pages, and which clusters are in none.</summary>
internal static class SubsamplesSection
{
    /// <summary>Whether there is anything to show.</summary>
    public static bool IsIn(ReportModel model) => model.Division.Groupings.Count + model.Division.Excluded.Count + model.Division.Unmatched.Count > 0;

    public static XElement? Draw(ReportModel model) => !IsIn(model) ? null : Html.Tag("section", null, Html.At("id", "subsamples"),
        Html.Tag("h2", null, "Sub-samples"), Excluded(model.Division), Groupings(model));

    private static XElement? Excluded(SampleDivision division) => division.Excluded.Count + division.Unmatched.Count == 0 ? null : Html.Tag("article", null,
        Html.Tag("h3", null, "Excluded"),
        division.Excluded.Count == 0 ? null : Html.Tag("p", null, "The settings leave these clusters out of every joint posterior and group; each is still measured."),
        division.Excluded.Count == 0 ? null : new XElement("ul", division.Excluded.Select(cluster => new XElement("li", $"{cluster.Name}: {cluster.Reason}"))),
        division.Unmatched.Count == 0 ? null : Html.Tag("p", null, $"Named in the exclusions, but not among the clusters of this run: {string.Join(", ", division.Unmatched.Select(name => name.InWords()))}."));

    private static XElement? Groupings(ReportModel model)
    {
        if (model.Division.Groupings.Count == 0) return null;
        var (names, main) = (model.Names, Summary.MainRegion(model)?.Name);
        var headings = new object[] { "Grouping", "Group", "Clusters" }.Concat(Parameter.All.Select(parameter => (object)RichText.ToHtml(parameter.Heading)));
        return Html.ScrollBox(new XElement("table", new XElement("caption", main is null ? "Groups of clusters" : $"Joint posteriors of the groups in the region {main}; figures and members are on the pages of the groupings"),
            Html.Headings(headings), new XElement("tbody", model.Division.Groupings.SelectMany(grouping => grouping.Groups.Select((group, i) => Row(model, grouping, group, i == 0 ? names.GroupingPage(grouping.Name) : null, main))))), "Sub-samples");
    }

    private static XElement Row(ReportModel model, SampleGrouping grouping, SampleGroup group, string? page, string? region)
    {
        var part = model.Subsamples.FirstOrDefault(part => part.Grouping == grouping.Name && part.Name == group.Name && part.Region == region);
        return new XElement("tr", Html.RowHeading(page is null ? "" : Html.Tag("a", null, Html.At("href", page), grouping.Name)), new XElement("td", group.Name), Html.Tag("td", "n", group.Clusters.Count),
            Enumerable.Range(0, 3).Select(p => Html.Tag("td", "n", part is null ? "–" : NumberText.ToHtml(part.Joint[p]))));
    }
}
