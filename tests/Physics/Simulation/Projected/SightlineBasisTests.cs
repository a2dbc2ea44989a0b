namespace ClusterSurvey.Physics.Simulation.Projected;

public class SightlineBasisTests
{
    internal static readonly CircularCluster Cluster = new() { Pixels = 48, DepthCells = 240 };
    internal static readonly CubeGrid Grid = CubeGrid.For(48, 48, Cluster.PixelR500, Cluster.Cube with { SmallestBoxR500 = 2.5 });
    internal static readonly ClusterEmission Emission = Cluster.Emission();

    private static readonly SightlineBasis Basis = new(Emission, Grid);

    [Fact]
    public void The_functions_are_orthonormal_over_the_box()
    {
        for (var i = 0; i < SightlineBasis.Terms; i++)
            for (var j = 0; j < SightlineBasis.Terms; j++)
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, Basis.Half).Sum(cell => 2.0 * Phi(cell, i) * Phi(cell, j)), 1e-5);
    }

    // The rms of what is left over a line of sight, relative to the weight itself. Found: 0.55 % at 1 R500, less within.
    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Few_functions_make_every_line_of_sight(double radius) => Assert.InRange(Truncation(Emission.Emissivity, radius), 0, 0.007);

    // A draw of the mean model differs from the reference: here by a tenth in all lengths, and in slope.
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(1)]
    public void They_make_those_of_similar_clusters_too(double radius)
    {
        Assert.InRange(Truncation(r => Emission.Emissivity(1.1 * r), radius), 0, 0.008);
        Assert.InRange(Truncation((Cluster with { Beta = 0.66, CoreRadius = 0.11 }).Emission().Emissivity, radius), 0, 0.008);
    }

    [Fact]
    public void Transforms_keep_the_norm()
    {
        foreach (var transform in Basis.Transforms())
            Assert.Equal(1, (transform[0] * transform[0] + 2 * transform.Skip(1).Sum(value => value * value)) / Grid.CellsZ, 1e-9);
    }

    private static double Phi(int cell, int term) => Basis.Rows[cell * SightlineBasis.Lanes + term];

    private static double Truncation(Func<double, double> emissivity, double radius)
    {
        var weight = Enumerable.Range(0, Basis.Half).Select(cell => emissivity(Math.Sqrt(radius * radius + Math.Pow((cell + 0.5) * Grid.DepthCellR500, 2)))).ToArray();
        var rest = weight.ToArray();
        for (var term = 0; term < SightlineBasis.Terms; term++)
        {
            var coefficient = Enumerable.Range(0, Basis.Half).Sum(cell => 2 * weight[cell] * Phi(cell, term));
            for (var cell = 0; cell < rest.Length; cell++) rest[cell] -= coefficient * Phi(cell, term);
        }
        return Math.Sqrt(rest.Sum(value => value * value) / weight.Sum(value => value * value));
    }
}
