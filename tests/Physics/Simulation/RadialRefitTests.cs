namespace ClusterSurvey.Physics.Simulation;

public class RadialRefitTests
{
    private static readonly double[] Radius = [.. Enumerable.Range(0, 400).Select(i => i * 0.003)];
    private static readonly double[] Cluster = [.. Radius.Select(radius => 100 / (1 + 30 * radius * radius))];
    private static readonly bool[] Used = [.. Radius.Select((_, i) => i % 7 != 0)];

    [Fact]
    public void A_profile_that_changes_between_knots_is_found_exactly()
    {
        double Factor(double radius) => radius < 0.25 ? 1.3 - radius : 1.05 + 0.2 * Math.Min(0.25, radius - 0.25);
        double[] expected = [.. Cluster.Select(value => value + 2)];
        double[] counts = [.. Cluster.Select((value, i) => value * Factor(Radius[i]) + 2)];
        double[] refitted = [.. expected];
        RadialRefit.Apply(Radius, Cluster, refitted, counts, Used);
        for (var i = 0; i < counts.Length; i++) Assert.Equal(Used[i] ? counts[i] : expected[i], refitted[i], 1e-6);
    }

    [Fact]
    public void Knots_without_pixels_change_nothing()
    {
        bool[] outer = [.. Radius.Select(radius => radius > 0.6)];
        double[] expected = [.. Cluster.Select(value => value + 2)];
        double[] counts = [.. Cluster.Select(value => 1.1 * value + 2)], refitted = [.. expected];
        RadialRefit.Apply(Radius, Cluster, refitted, counts, outer);
        for (var i = 0; i < counts.Length; i++) Assert.Equal(outer[i] ? counts[i] : expected[i], refitted[i], 1e-6);
    }
}
