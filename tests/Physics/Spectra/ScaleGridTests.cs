namespace ClusterSurvey.Physics.Spectra;

public class ScaleGridTests
{
    [Fact]
    public void Scales_are_in_geometric_progression_between_exact_ends()
    {
        var scales = ScaleGrid.Geometric(0.05, 1, 20);
        Assert.Equal((20, 0.05, 1.0), (scales.Length, scales[0], scales[^1]));
        var ratio = Math.Pow(20, 1.0 / 19);
        for (var i = 1; i < scales.Length; i++) Assert.Equal(ratio, scales[i] / scales[i - 1], 1e-12);
        Assert.Equal([0.3], ScaleGrid.Geometric(0.3, 2, 1));
    }

    [Fact]
    public void A_scale_spans_three_pixels_or_is_refused()
    {
        ScaleGrid.RequireResolved(0.02, [0.06, 1]);
        var refusal = Assert.Throws<ArgumentException>(() => ScaleGrid.RequireResolved(0.02, [0.05, 1]));
        Assert.Contains("2.50 pixels", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 5)]
    [InlineData(1, 0.5, 5)]
    [InlineData(0.1, 1, 0)]
    public void Impossible_grids_are_refused(double shortest, double longest, int count) =>
        Assert.ThrowsAny<ArgumentException>(() => ScaleGrid.Geometric(shortest, longest, count));
}
