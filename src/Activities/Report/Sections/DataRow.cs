namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>Cells of data tables.</summary>
internal static class DataRow
{
    /// <summary>Median, low68, high68, low95, high95; empty cells for no posterior.</summary>
    public static IEnumerable<object> Of(PosteriorSummary? posterior) => posterior is { } p
        ? [p.Median, p.Low68, p.High68, p.Low95, p.High95]
        : Enumerable.Repeat<object>(double.NaN, 5);
}
