using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Physics.Simulation;

public class MockCountsTests
{
    private static readonly CircularCluster Cluster = new() { Pixels = 32, DepthCells = 80, SourceCounts = 5e4 };

    [Fact]
    public void Calm_gas_gives_the_counts_that_the_model_expects()
    {
        var (geometry, emission) = (Cluster.Geometry(), Cluster.Emission());
        using var cube = new CubeSimulator(32, 32, Cluster.PixelR500, Cluster.Cube);
        var counts = MockCounts.Draw(new Seed(1), geometry, cube, emission, new TurbulenceParameters(-6, -0.5, 11.0 / 3));
        double[] expected = [.. cube.Unperturbed(emission, []).Select((value, i) => value * geometry.Exposure[i] + geometry.Background[i])];
        Assert.Equal(0, (counts.Sum() - expected.Sum()) / Math.Sqrt(expected.Sum()), 3.5);
        // chi^2 per pixel of Poisson numbers: 1 +- sqrt(2/1024).
        Assert.Equal(1, counts.Zip(expected, (found, mean) => (found - mean) * (found - mean) / mean).Average(), 0.16);
    }

    [Fact]
    public void Normalising_takes_out_just_the_variance_on_the_grid()
    {
        var (geometry, emission) = (Cluster.Geometry(), Cluster.Emission());
        using var cube = new CubeSimulator(32, 32, Cluster.PixelR500, Cluster.Cube);
        var theta = new TurbulenceParameters(0, -0.5, 11.0 / 3);
        double Source(bool normalised) => MockCounts.Draw(new Seed(2), geometry, cube, emission, theta, normalised).Sum() - geometry.Background.Sum();
        var captured = cube.Grid.CapturedVariance(TurbulenceSpectrum.From(theta));
        Assert.InRange(captured, 0.3, 0.9);
        Assert.Equal(1 + captured, Source(false) / Source(true), 0.03);
    }

    [Fact]
    public void A_cube_for_another_image_is_refused()
    {
        using var cube = new CubeSimulator(30, 30, Cluster.PixelR500, Cluster.Cube);
        var emission = Cluster.Emission();
        Assert.Throws<ArgumentException>(() => MockCounts.Draw(new Seed(1), Cluster.Geometry(), cube, emission, default));
        Assert.Throws<ArgumentException>(() => MockCounts.Draw(new Seed(1), Cluster.Geometry(), cube, emission with { EllipticalRadius = new double[900] }, new TurbulenceParameters(-1, -1, 4)));
    }
}
