using ClusterSurvey.Activities.Report.Sections;

namespace ClusterSurvey.Activities.Report;

/// <summary>The report of a survey: a page for the survey, for each region, grouping and cluster, linked to each other.</summary>
public static class ReportSite
{
    /// <summary>All pages, the survey's own first. Equal models give equal pages.</summary>
    public static IReadOnlyList<ReportPage> Pages(ReportModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return
        [
            Survey(model),
            .. model.Regions.Select(region => RegionPage.Draw(model, region)),
            .. model.Division.Groupings.Select(grouping => GroupingPage.Draw(model, grouping)),
            .. model.Clusters.Select(cluster => ClusterPage.Draw(model, cluster)),
        ];
    }

    private static ReportPage Survey(ReportModel model)
    {
        (string Anchor, string Name, bool IsThere)[] places =
        [
            ("result", "Result", true), ("radial", "Radius", true), ("subsamples", "Sub-samples", SubsamplesSection.IsIn(model)), ("population", "Population", model.Populations.Count > 0),
            ("trends", "Trends", TrendsSection.IsIn(model)), ("clusters", "Table of clusters", true), ("failures", "Set aside", model.Failures.Count > 0), ("methods", "Method", true), ("provenance", "Provenance", true),
        ];
        return ReportPage.Of(model, ReportNames.Survey, $"{model.SurveyName} – ClusterSurvey report", [.. places.Where(place => place.IsThere).Select(place => (place.Anchor, place.Name))],
            HeadSection.Draw(model), RadialSection.Draw(model), SubsamplesSection.Draw(model), PopulationSection.Draw(model), TrendsSection.Draw(model), ClustersSection.Draw(model),
            FailuresSection.Draw(model.Failures), MethodsSection.Draw(model), ProvenanceSection.Draw(model.Provenance));
    }
}
