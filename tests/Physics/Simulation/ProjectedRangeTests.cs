namespace ClusterSurvey.Physics.Simulation;

public class ProjectedRangeTests
{
    private static readonly CubeGrid Fine = new(160, 160, 640, 0.0156, 0.0156);

    [Theory]
    [InlineData(0.2, 0.3, 3.7, true)]
    [InlineData(1, 0.05, 2, true)]
    [InlineData(0.01, 3.16, 6, true)]
    [InlineData(1.45, 0.06, 1.65, true)]
    [InlineData(0.007, 4.4, 6.32, true)]
    [InlineData(1.46, 0.3, 3.7, false)]
    [InlineData(0.2, 0.034, 3.7, false)]
    [InlineData(0.2, 4.6, 3.7, false)]
    [InlineData(0.2, 0.3, 1.6, false)]
    [InlineData(0.2, 0.3, 6.4, false)]
    [InlineData(double.NaN, 0.3, 4, false)]
    public void The_range_is_that_of_the_evidence(double sigma, double injectionScale, double slope, bool inside) =>
        Assert.Equal(inside, ProjectedRange.Contains(Fine, sigma, injectionScale, slope));

    [Fact]
    public void Unresolved_injection_scales_are_inside_while_fluctuations_are_moderate()
    {
        var coarser = Fine with { CellR500 = 0.03 };
        Assert.True(ProjectedRange.Contains(coarser, 0.5, 0.06, 4));
        Assert.False(ProjectedRange.Contains(coarser, 0.6, 0.06, 4));
        Assert.True(ProjectedRange.Contains(coarser, 0.6, 0.1, 4));
    }

    [Fact]
    public void Coarse_cells_are_outside()
    {
        Assert.False(ProjectedRange.Contains(Fine with { CellR500 = 0.06 }, 0.2, 0.3, 4));
        Assert.False(ProjectedRange.Contains(Fine with { DepthCellR500 = 0.06 }, 0.2, 0.3, 4));
    }
}
