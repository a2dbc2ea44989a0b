namespace ClusterSurvey.Physics.Simulation;

public class MeanModelRefitTests
{
    private static readonly double[] Radius = [.. Enumerable.Range(0, 400).Select(i => i * 0.003)];
    private static readonly double[] Cluster = [.. Radius.Select(radius => 100 / (1 + 30 * radius * radius))];
    private static readonly double[] Expected = [.. Cluster.Select(value => value + 2)];
    private static readonly bool[] Everywhere = [.. Radius.Select(_ => true)];
    private static readonly bool[] Used = [.. Radius.Select((_, i) => i % 7 != 0)];

    [Fact]
    public void A_change_along_the_directions_is_taken_up_whole()
    {
        double Factor(double radius) => radius < 0.25 ? 1.3 - radius : 1.05 + 0.2 * Math.Min(0.25, radius - 0.25);
        double[] counts = [.. Cluster.Select((value, i) => value * Factor(Radius[i]) + 2)], refitted = [.. Expected];
        new MeanModelRefit(RadialDirections.Of(Radius, Cluster), Expected, Used, Used).Apply(counts, refitted);
        for (var i = 0; i < counts.Length; i++) Assert.Equal(Used[i] ? counts[i] : Expected[i], refitted[i], 1e-5);
    }

    [Fact]
    public void What_is_left_is_orthogonal_to_every_direction()
    {
        var directions = RadialDirections.Of(Radius, Cluster);
        double[] counts = [.. Cluster.Select((value, i) => value * (1 + 0.2 * Math.Sin(40 * Radius[i])) + 2)], refitted = [.. Expected];
        new MeanModelRefit(directions, Expected, Everywhere, Everywhere).Apply(counts, refitted);
        foreach (var direction in directions)
        {
            var along = Enumerable.Range(0, counts.Length).Sum(i => direction[i] * (counts[i] - refitted[i]) / Expected[i]);
            var before = Enumerable.Range(0, counts.Length).Sum(i => Math.Abs(direction[i] * (counts[i] - Expected[i]) / Expected[i]));
            Assert.InRange(Math.Abs(along) / before, 0, 1e-6);
        }
    }

    [Fact]
    public void Directions_without_pixels_and_directions_twice_change_nothing()
    {
        bool[] outer = [.. Radius.Select(radius => radius > 0.6)];
        double[] counts = [.. Cluster.Select(value => 1.1 * value + 2)], refitted = [.. Expected];
        new MeanModelRefit([.. RadialDirections.Of(Radius, Cluster), Cluster], Expected, outer, outer).Apply(counts, refitted);
        for (var i = 0; i < counts.Length; i++) Assert.Equal(outer[i] ? counts[i] : Expected[i], refitted[i], 1e-4);
    }

    [Fact]
    public void Pixels_that_hold_the_model_weaken_the_fit_where_nothing_is_simulated()
    {
        bool[] outer = [.. Radius.Select(radius => radius > 0.6)];
        double[] counts = [.. Cluster.Select(value => 1.1 * value + 2)], refitted = [.. Expected];
        new MeanModelRefit([Cluster], Expected, Everywhere, outer).Apply(counts, refitted);
        // The one direction is the whole profile: the bright centre, which is held, keeps it nearly where it was.
        Assert.InRange((refitted[^1] - Expected[^1]) / (counts[^1] - Expected[^1]), 0.001, 0.5);
    }
}
