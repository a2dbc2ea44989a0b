using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>The clusters that the survey went on without.</summary>
internal static class FailuresSection
{
    public static XElement? Draw(IReadOnlyList<FailureRecord> failures) => failures.Count == 0 ? null : Html.Tag("section", null, Html.At("id", "failures"),
        Html.Tag("h2", null, "Clusters set aside"),
        Html.Tag("p", null, "These clusters failed after their retries and are in no result above."),
        Html.ScrollBox(new XElement("table",
            Html.Headings(new[] { "Cluster", "Step", "What went wrong", "What to do" }),
            new XElement("tbody", failures.Select(failure => new XElement("tr", Html.RowHeading(failure.Cluster),
                new XElement("td", failure.Step), Html.Tag("td", "wrap", failure.Error), Html.Tag("td", "wrap", failure.Remedy))))), "Clusters set aside"));
}
