using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using CsCheck;

namespace ClusterSurvey.Inference.Tests.Posteriors;

public sealed class ParameterGridTests
{
    [Fact]
    public void The_grid_of_a_prior_reaches_its_bounds_and_the_ends_of_open_tails()
    {
        var grid = ParameterGrid.Over(new Prior([new("a", new UniformDistribution(-2, 1)), new("b", new NormalDistribution(3, 0.5)), new("c", new LogNormalDistribution(0, 1))]));
        Assert.Equal(40 * 40 * 40, grid.NodeCount);
        Assert.Equal((-2.0, 1.0), (grid.Axes[0].Node(0), grid.Axes[0].Node(39)));
        // The 1e-6 quantile of a normal lies 4.7534 deviations out.
        Assert.Equal(3 - 4.7534 * 0.5, grid.Axes[1].Low, 1e-4);
        Assert.Equal(Math.Exp(4.7534), grid.Axes[2].High, 0.02);
        Assert.Equal(["a", "b", "c"], grid.Axes.Select(axis => axis.Name));
    }

    [Fact]
    public void Nodes_read_from_anywhere_are_the_nodes_of_the_axes()
    {
        var grid = new ParameterGrid([new("a", 0, 1, 4), new("b", -1, 1, 5), new("c", 2, 7, 6)]);
        Gen.Int[0, grid.NodeCount - 1].Sample(node =>
        {
            var theta = new double[3];
            grid.ReadNodes(node, theta);
            return Enumerable.Range(0, 3).All(axis => theta[axis] == grid.Axes[axis].Node(node / grid.Stride(axis) % grid.Axes[axis].Count));
        });
        Assert.Equal(1.0 / 3 * 0.5 * 1, grid.CellVolume, 1e-12);
    }

    [Fact]
    public void Grids_match_by_their_axes()
    {
        var grid = new ParameterGrid([new("a", 0, 1, 4)]);
        Assert.True(grid.Matches(new ParameterGrid([new("a", 0, 1, 4)])));
        Assert.False(grid.Matches(new ParameterGrid([new("a", 0, 1.5, 4)])));
        Assert.False(grid.Matches(new ParameterGrid([new("b", 0, 1, 4)])));
    }

    [Fact]
    public void Impossible_grids_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new GridAxis("a", 1, 1, 5));
        Assert.Throws<ArgumentException>(() => new GridAxis("a", 0, 1, 1));
        Assert.Throws<ArgumentException>(() => new GridAxis("a", 0, double.PositiveInfinity, 5));
        Assert.Throws<ArgumentException>(() => new ParameterGrid([]));
        Assert.Throws<ArgumentException>(() => new ParameterGrid(Enumerable.Range(0, 5).Select(i => new GridAxis($"{i}", 0, 1, 3))));
        Assert.Throws<ArgumentException>(() => new ParameterGrid(Enumerable.Range(0, 4).Select(i => new GridAxis($"{i}", 0, 1, 1000))));
    }
}
