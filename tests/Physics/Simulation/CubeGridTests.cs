using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Physics.Simulation;

public class CubeGridTests
{
    [Fact]
    public void The_box_is_padded_to_the_least_side_and_cells_are_cubes_by_default()
    {
        var grid = CubeGrid.For(80, 70, 0.025, new CubeSettings());
        Assert.Equal((100, 100, 400), (grid.CellsX, grid.CellsY, grid.CellsZ));
        Assert.Equal(0.025, grid.DepthCellR500, 1e-12);
        Assert.Equal(62.5, grid.Volume, 1e-9);
    }

    [Fact]
    public void A_side_of_zero_keeps_the_image_and_depth_cells_are_as_asked()
    {
        var grid = CubeGrid.For(127, 128, 2.0 / 128, new CubeSettings { SmallestBoxR500 = 0, DepthCells = 512 });
        Assert.Equal(new CubeGrid(127, 128, 512, 2.0 / 128, 10.0 / 512), grid);
    }

    // Fractions of sigma^2 that an independent code found on 128 x 128 x 512 cells of 0.0156 R500.
    [Theory]
    [InlineData(0.03, 11.0 / 3, 0.14)]
    [InlineData(0.1, 11.0 / 3, 0.57)]
    [InlineData(0.3, 11.0 / 3, 0.80)]
    [InlineData(1, 11.0 / 3, 0.91)]
    [InlineData(0.3, 3, 0.41)]
    public void The_variance_on_a_grid_is_less_than_sigma_squared(double injectionScale, double slope, double fraction)
    {
        var grid = new CubeGrid(128, 128, 512, 2.0 / 128, 10.0 / 512);
        Assert.Equal(fraction, grid.CapturedVariance(new TurbulenceSpectrum(1, injectionScale, slope)), 0.02);
    }

    [Fact]
    public void Impossible_boxes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CubeGrid.For(8, 8, 0.1, new CubeSettings { DepthCells = 7 }));
        Assert.Throws<ArgumentException>(() => CubeGrid.For(8, 8, 0.1, new CubeSettings { DepthR500 = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CubeGrid.For(0, 8, 0.1, new CubeSettings()));
        Assert.Throws<ArgumentOutOfRangeException>(() => CubeGrid.For(8, 8, 0, new CubeSettings()));
    }
}
