namespace ClusterSurvey.Physics.Simulation;

public class CircularClusterTests
{
    [Fact]
    public void Counts_inside_R500_are_as_asked_and_the_background_is_its_fraction()
    {
        var cluster = new CircularCluster { Pixels = 64, DepthCells = 128, SourceCounts = 2e4, BackgroundFraction = 0.4 };
        var (emission, geometry) = (cluster.Emission(), cluster.Geometry());
        using var cube = new CubeSimulator(64, 64, cluster.PixelR500, cluster.Cube);
        var brightness = cube.Unperturbed(emission, []);
        double source = 0, background = 0;
        for (var i = 0; i < brightness.Length; i++)
        {
            if (emission.EllipticalRadius[i] >= 1) continue;
            source += brightness[i] * geometry.Exposure[i];
            background += geometry.Background[i];
        }
        Assert.Equal(2e4, source, 1e-6);
        Assert.Equal(8e3, background, 1e-6);
        Assert.Equal(0.5, emission.EllipticalRadius[0] / Math.Sqrt(2) / (63.0 / 64) - 0.5, 1e-12);
    }

    [Fact]
    public void Impossible_clusters_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CircularCluster { Pixels = 2 }.Geometry());
        Assert.Throws<ArgumentException>(() => new CircularCluster { DepthCells = 13 }.Emission());
        Assert.Throws<ArgumentException>(() => new CircularCluster { SourceCounts = 0 }.Emission());
        Assert.Throws<ArgumentException>(() => new CircularCluster { Epsilon = -1 }.Emission());
    }
}
