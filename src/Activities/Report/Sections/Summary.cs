using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>The result in sentences, and the judgements that the report itself can make.</summary>
public static class Summary
{
    private const double Kolmogorov = 11.0 / 3;

    /// <summary>The region that stands for the whole: global when it is there, else the widest.</summary>
    public static RegionResult? MainRegion(ReportModel model) =>
        model.Regions.FirstOrDefault(region => region.Name == "global") ?? model.Regions.MaxBy(region => region.OuterR500 - region.InnerR500);

    /// <summary>A paragraph of plain words, as rich text.</summary>
    public static string Paragraph(ReportModel model)
    {
        var kind = model.IsMock ? "mock clusters" : "clusters";
        var count = model.Clusters.Count == 1 ? $"One {kind[..^1]} was" : $"{model.Clusters.Count} {kind} were";
        var opening = $"{count} analysed{(model.Failures.Count > 0 ? $", {Lost(model)}" : "")}.{Excluded(model)}";
        if (MainRegion(model) is not { } main || !main.Joint.Sigma.IsFinite) return opening + " No joint posterior is available.";
        return $"{opening} Within {main.Bounds} the gas density fluctuates by σ = {NumberText.InOneLine(main.Joint.Sigma)} (rms over all scales, 68 %), "
            + $"injected at {NumberText.InOneLine(main.Joint.InjectionScaleR500)} R_{{500}}, with slope α = {NumberText.InOneLine(main.Joint.Slope)}, {AgainstKolmogorov(main.Joint.Slope)}.{Trend(model)}";
    }

    /// <summary>The model's verdicts, after what can be read off the tables: clusters lost, truth recovered.</summary>
    public static IReadOnlyList<QualityFlag> Verdicts(ReportModel model)
    {
        var verdicts = new List<QualityFlag>();
        if (model.Failures.Count > 0) verdicts.Add(new(FlagLevel.Warning, "Incomplete sample", $"{Lost(model)}; the joint posteriors are those of the remaining {model.Clusters.Count(cluster => !model.IsExcluded(cluster.Name))}."));
        if (model.IsMock) verdicts.Add(TruthRecovered(model));
        verdicts.AddRange(model.Division.Notes().Select(note => new QualityFlag(FlagLevel.Note, "Settings", note + ".")));
        return [.. verdicts, .. model.Verdicts];
    }

    private static string Excluded(ReportModel model)
    {
        var excluded = model.Clusters.Count(cluster => model.IsExcluded(cluster.Name));
        return excluded switch { 0 => "", 1 => " The settings exclude 1 of them from joint posteriors.", _ => $" The settings exclude {excluded} of them from joint posteriors." };
    }

    private static string Lost(ReportModel model)
    {
        var lost = model.Failures.Select(failure => failure.Cluster).Distinct().Count();
        return lost == 1 ? "1 cluster was set aside after an error" : $"{lost} clusters were set aside after errors";
    }

    private static string AgainstKolmogorov(PosteriorSummary slope) =>
        slope.Covers68(Kolmogorov) ? "consistent with Kolmogorov’s 11/3"
        : slope.Covers95(Kolmogorov) ? $"{Side(slope)} than Kolmogorov’s 11/3 but consistent with it at 95 %"
        : $"{Side(slope)} than Kolmogorov’s 11/3 at more than 95 %";

    private static string Side(PosteriorSummary slope) => slope.Median > Kolmogorov ? "steeper" : "shallower";

    /// <summary>Compares the innermost and the outermost annulus.</summary>
    private static string Trend(ReportModel model)
    {
        var annuli = model.Regions.Where(region => region.IsAnnulusOf(model.Regions) && region.Joint.Sigma.IsFinite).OrderBy(region => region.InnerR500).ToArray();
        if (annuli.Length < 2) return "";
        var (inner, outer) = (annuli[0], annuli[^1]);
        var (a, b) = (inner.Joint.Sigma, outer.Joint.Sigma);
        var values = $"from {NumberText.InOneLine(a)} in region {inner.Name} to {NumberText.InOneLine(b)} in region {outer.Name}";
        if (b.Low68 > a.High68) return $" σ rises outwards, {values}.";
        return a.Low68 > b.High68 ? $" σ falls outwards, {values}." : $" σ shows no significant trend with radius ({values}).";
    }

    private static QualityFlag TruthRecovered(ReportModel model)
    {
        var pairs = model.Regions.Where(region => region.Truth is not null).SelectMany(region => Enumerable.Range(0, 3).Select(p => (region.Joint[p], region.Truth![p]))).ToArray();
        var (in68, in95) = (pairs.Count(pair => pair.Item1.Covers68(pair.Item2)), pairs.Count(pair => pair.Item1.Covers95(pair.Item2)));
        var words = $"of {pairs.Length} joint intervals, {in68} of the 68 % ones contain the truth ({NumberText.Fixed(0.68 * pairs.Length, 0)} expected) and {in95} of the 95 % ones ({NumberText.Fixed(0.95 * pairs.Length, 0)} expected); intervals of overlapping regions are not independent.";
        var level = in95 >= 0.75 * pairs.Length ? FlagLevel.Passed : in95 >= 0.5 * pairs.Length ? FlagLevel.Warning : FlagLevel.Failed;
        return new(level, "Recovery of the truth", words);
    }
}
