namespace ClusterSurvey.Physics.Simulation;

public class FieldSimulatorsTests
{
    private static readonly CircularCluster Cluster = new() { Pixels = 48, DepthCells = 240 };
    private static readonly ClusterEmission Emission = Cluster.Emission();

    private static FieldSimulators Simulators(SimulatorKind kind) => new(Cluster.Geometry(), new SimulationOptions { Cube = Cluster.Cube, Simulator = kind }, Emission);

    [Fact]
    public void Auto_projects_inside_the_range_and_takes_the_cube_outside()
    {
        using var auto = Simulators(SimulatorKind.Auto);
        Assert.IsType<ProjectedSimulator>(auto[auto.KindOf(0.3, 0.3, 11.0 / 3)]);
        Assert.IsType<CubeSimulator>(auto[auto.KindOf(1.5, 0.3, 11.0 / 3)]);
        Assert.IsType<CubeSimulator>(auto[auto.KindOf(0.3, 5, 11.0 / 3)]);
    }

    [Fact]
    public void The_choice_is_said_in_words()
    {
        using var auto = Simulators(SimulatorKind.Auto);
        Assert.Equal($"auto: projected for {ProjectedRange.InWords}; cube elsewhere", auto.InWords);
        Assert.Contains("slope 1.65 to 6.35", ProjectedRange.InWords, StringComparison.Ordinal);
        using var cube = Simulators(SimulatorKind.Cube);
        Assert.Equal("cube", cube.InWords);
    }

    [Theory]
    [InlineData(SimulatorKind.Cube)]
    [InlineData(SimulatorKind.Projected)]
    public void A_choice_holds_everywhere(SimulatorKind kind)
    {
        using var simulators = Simulators(kind);
        Assert.Equal(kind, simulators.KindOf(0.3, 0.3, 11.0 / 3));
        Assert.Equal(kind, simulators.KindOf(3, 5, 1));
    }

    [Fact]
    public void Log_normal_fields_come_from_the_cube_whatever_the_choice_and_serve_one_sigma()
    {
        var options = new SimulationOptions { Cube = Cluster.Cube, Simulator = SimulatorKind.Projected, Statistics = FieldStatistics.LogNormal };
        using var simulators = new FieldSimulators(Cluster.Geometry(), options, Emission);
        Assert.Equal(SimulatorKind.Cube, simulators.KindOf(0.3, 0.3, 11.0 / 3));
        Assert.False(simulators.ServesAllSigmas);
        Assert.IsType<LogNormalSimulator>(simulators.At(SimulatorKind.Cube, 0.3));
        Assert.Equal("cube, log-normal", simulators.InWords);
        using var gaussian = Simulators(SimulatorKind.Auto);
        Assert.True(gaussian.ServesAllSigmas);
        Assert.IsType<CubeSimulator>(gaussian.At(SimulatorKind.Cube, 0.3));
    }

    [Fact]
    public void Both_have_one_box_and_one_unperturbed_brightness()
    {
        using var simulators = Simulators(SimulatorKind.Auto);
        Assert.Equal(simulators[SimulatorKind.Cube].Grid, simulators[SimulatorKind.Projected].Grid);
        double[] cube = simulators.Unperturbed(Emission, []), projected = simulators[SimulatorKind.Projected].Unperturbed(Emission, []);
        Assert.All(cube.Zip(projected), pair => Assert.Equal(1, pair.Second / pair.First, 5e-5));
    }
}
