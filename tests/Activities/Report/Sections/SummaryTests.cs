using ClusterSurvey.Activities.Report;
using ClusterSurvey.Activities.Report.Sections;

namespace ClusterSurvey.Activities.Tests.Report.Sections;

public sealed class SummaryTests
{
    private static RegionResult Region(string name, double inner, double outer, double sigma, double slope, TurbulenceTruth? truth = null) => new()
    {
        Name = name, InnerR500 = inner, OuterR500 = outer, Clusters = 3, Truth = truth,
        Joint = new(Around(sigma, 0.01), Around(0.3, 0.02), Around(slope, 0.1)),
    };

    private static PosteriorSummary Around(double middle, double error) => new(middle, middle - error, middle + error, middle - 2 * error, middle + 2 * error);

    private static ReportModel Survey(params RegionResult[] regions) => SampleSurvey.Of(3) with { Regions = regions };

    [Theory]
    [InlineData(3.7, "consistent with Kolmogorov’s 11/3.")]
    [InlineData(3.81, "steeper than Kolmogorov’s 11/3 but consistent with it at 95 %")]
    [InlineData(3.1, "shallower than Kolmogorov’s 11/3 at more than 95 %")]
    public void The_slope_is_compared_with_Kolmogorov(double slope, string words) => Assert.Contains(words, Summary.Paragraph(Survey(Region("global", 0, 1, 0.2, slope))), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.1, 0.3, "σ rises outwards")]
    [InlineData(0.3, 0.1, "σ falls outwards")]
    [InlineData(0.2, 0.21, "σ shows no significant trend")]
    public void The_trend_with_radius_is_put_in_words(double inner, double outer, string words) =>
        Assert.Contains(words, Summary.Paragraph(Survey(Region("I", 0, 0.1, inner, 3.7), Region("IV", 0.5, 1, outer, 3.7), Region("global", 0, 1, 0.2, 3.7))), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.2, FlagLevel.Passed, "3 of the 68 % ones")]
    [InlineData(0.9, FlagLevel.Warning, "2 of the 68 % ones")]
    public void Recovery_of_the_truth_is_counted(double sigma, FlagLevel level, string words)
    {
        var flag = Assert.Single(Summary.Verdicts(Survey(Region("global", 0, 1, 0.2, 3.7, new(sigma, 0.3, 3.7)))), flag => flag.Name == "Recovery of the truth");
        Assert.Equal(level, flag.Level);
        Assert.Contains(words, flag.Meaning, StringComparison.Ordinal);
    }

    [Fact]
    public void Clusters_that_are_measured_but_excluded_are_not_counted_among_those_of_the_joint_posteriors()
    {
        var model = SampleSurvey.Of(12);
        Assert.Contains("12 mock clusters were analysed, 1 cluster was set aside after an error. The settings exclude 1 of them from joint posteriors.", Summary.Paragraph(model), StringComparison.Ordinal);
        var verdicts = Summary.Verdicts(model);
        Assert.Contains("those of the remaining 11.", Assert.Single(verdicts, verdict => verdict.Name == "Incomplete sample").Meaning, StringComparison.Ordinal);
        Assert.Contains(verdicts, verdict => verdict is { Level: FlagLevel.Note, Name: "Settings" } && verdict.Meaning.Contains("A9999", StringComparison.Ordinal));
    }

    [Fact]
    public void Regions_that_hold_others_are_no_annuli()
    {
        var regions = SampleSurvey.Of(3).Regions;
        Assert.Equal(["I", "II", "III", "IV"], regions.Where(region => region.IsAnnulusOf(regions)).Select(region => region.Name));
    }
}
