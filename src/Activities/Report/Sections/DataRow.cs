namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>Cells of data tables.</summary>
internal static class DataRow
{
    /// <summary>The columns of <see cref="Of(TurbulenceSummary)"/>.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        [.. new[] { "sigma", "injection_scale_r500", "slope" }.SelectMany(key => new[] { "median", "low68", "high68", "low95", "high95" }.Select(part => $"{key}_{part}"))];

    /// <summary>The cells of a posterior over the three parameters.</summary>
    public static IEnumerable<object> Of(TurbulenceSummary? posterior) => Enumerable.Range(0, 3).SelectMany(p => Of(posterior?[p]));

    /// <summary>Median, low68, high68, low95, high95; empty cells for no posterior.</summary>
    public static IEnumerable<object> Of(PosteriorSummary? posterior) => posterior is { } p
        ? [p.Median, p.Low68, p.High68, p.Low95, p.High95]
        : Enumerable.Repeat<object>(double.NaN, 5);
}
