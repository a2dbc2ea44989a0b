using ClusterSurvey.Activities.Simulations;

namespace ClusterSurvey.Activities.Tests.Simulations;

public sealed class SimulationQualityTests
{
    private static readonly double[] Scales = [0.05, 0.1, 0.2, 0.4, 1];
    private static readonly SimulationQuality Fine = new(0.8, 0, 0, 1, 2.5, "none", 0);

    private static string[] Titles(SimulationQuality quality) => [.. quality.Notes(Scales).Select(note => note.Title)];

    [Fact]
    public void What_is_odd_is_told_where_it_is_so()
    {
        Assert.Empty(Titles(Fine));
        Assert.Contains("0.80 of sigma^2", Fine.CapturedInWords, StringComparison.Ordinal);
        Assert.Equal(["negative densities"], Titles(Fine with { NegativeDensities = 0.2 }));
        Assert.Equal(["injection scales beyond the box"], Titles(Fine with { InjectionScaleUnfit = 0.2 }));
        Assert.Equal(["two simulators"], Titles(Fine with { Projected = 0.2 }));
        Assert.Equal(["narrow box"], Titles(Fine with { BoxR500 = 2 }));
    }

    // Three widths of 0.04 R500: 0.05 and 0.1 are below, 0.2 is not.
    [Fact]
    public void Scales_within_the_telescopes_reach_are_told()
    {
        var note = Fine with { PsfWidthR500 = 0.04 };
        Assert.Contains("2 scales, up to 0.1 R500", note.Notes(Scales).Single(entry => entry.Title.StartsWith("scales", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        Assert.Empty(Titles(Fine with { PsfWidthR500 = 0.016 }));
    }

    [Fact]
    public void Sums_of_parts_are_those_of_the_whole()
    {
        var sum = new SimulationTally(2, 8, 1.5, 1, 1, 4) + new SimulationTally(1, 2, 0.9, 2, 0, 0);
        Assert.Equal(new SimulationTally(3, 10, 2.4, 3, 1, 4), sum);
    }
}
