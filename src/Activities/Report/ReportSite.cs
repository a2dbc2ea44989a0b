using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Report.Sections;

namespace ClusterSurvey.Activities.Report;

/// <summary>The report of a survey: a page for the survey, for each region, grouping and cluster, linked to each other.</summary>
public static class ReportSite
{
    /// <summary>All pages, the survey's own first. Equal models give equal pages, and only the survey's own tells of the run: of its date and provenance.</summary>
    public static IReadOnlyList<ReportPage> Pages(ReportModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Func<ReportPage>[] pages =
        [
            () => Survey(model),
            .. model.Regions.Select(region => new Func<ReportPage>(() => RegionPage.Draw(model, region))),
            .. model.Division.Groupings.Select(grouping => new Func<ReportPage>(() => GroupingPage.Draw(model, grouping))),
            .. model.Clusters.Select(cluster => new Func<ReportPage>(() => ClusterPage.Draw(model, cluster))),
        ];
        return ParallelWork.Each(pages, draw => draw());
    }

    /// <summary>The page of the survey alone: the one that tells of the run.</summary>
    public static ReportPage Survey(ReportModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        (string Anchor, string Name, bool IsThere)[] places =
        [
            ("result", "Result", true), ("radial", "Radius", true), ("mach", "Mach number", CalibrationsSection.IsIn(model)), ("subsamples", "Sub-samples", SubsamplesSection.IsIn(model)), ("population", "Population", model.Populations.Count > 0),
            ("trends", "Trends", TrendsSection.IsIn(model)), ("clusters", "Table of clusters", true), ("literature", "Published results", LiteratureSection.IsIn(model)), ("failures", "Set aside", model.Failures.Count > 0), ("methods", "Method", true), ("provenance", "Provenance", true),
        ];
        return ReportPage.Of(model, ReportNames.Survey, $"{model.SurveyName} – ClusterSurvey report", [.. places.Where(place => place.IsThere).Select(place => (place.Anchor, place.Name))],
            HeadSection.Draw(model), RadialSection.Draw(model), CalibrationsSection.Draw(model), SubsamplesSection.Draw(model), PopulationSection.Draw(model), TrendsSection.Draw(model), ClustersSection.Draw(model), LiteratureSection.Draw(model),
            FailuresSection.Draw(model.Failures), MethodsSection.Draw(model), ProvenanceSection.Draw(model.Provenance));
    }
}
