namespace ClusterSurvey.Physics.Simulation;

/// <summary>The simulators of one cluster's fields, each prepared when a field first asks for it, and the choice between them.</summary>
public sealed class FieldSimulators : IDisposable
{
    private readonly SimulatorKind choice;
    private readonly FieldStatistics statistics;
    private readonly CubeSimulator cube;
    private readonly Lazy<ProjectedSimulator> projected;

    /// <summary>The simulators for images of a geometry.</summary>
    /// <param name="geometry">The image.</param>
    /// <param name="options">The box, and which simulator.</param>
    /// <param name="reference">The emission that those of the fields resemble.</param>
    /// <exception cref="ArgumentException">The box or the image is out of range.</exception>
    public FieldSimulators(FieldGeometry geometry, SimulationOptions options, ClusterEmission reference)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(options);
        (choice, statistics) = (options.Simulator, options.Statistics);
        cube = new CubeSimulator(geometry.Width, geometry.Height, geometry.PixelR500, options.Cube);
        projected = new Lazy<ProjectedSimulator>(() => new ProjectedSimulator(geometry.Width, geometry.Height, geometry.PixelR500, options.Cube, reference));
    }

    /// <summary>The box of the fields.</summary>
    public CubeGrid Grid => cube.Grid;

    /// <summary>The choice in words.</summary>
    public string InWords => choice switch
    {
        _ when statistics == FieldStatistics.LogNormal => "cube, log-normal",
        SimulatorKind.Auto => $"auto: projected for {ProjectedRange.InWords}; cube elsewhere",
        SimulatorKind.Projected => "projected",
        _ => "cube",
    };

    /// <summary>Whether one field serves several sigmas; a log-normal one is of its own.</summary>
    public bool ServesAllSigmas => statistics == FieldStatistics.Gaussian;

    /// <summary>Which simulator draws a field: a matter of its parameters alone; log-normal ones the cube.</summary>
    /// <param name="largestSigma">The largest sigma that shares the field.</param>
    /// <param name="injectionScale">l_inj in R500.</param>
    /// <param name="slope">alpha.</param>
    public SimulatorKind KindOf(double largestSigma, double injectionScale, double slope) => choice switch
    {
        _ when statistics == FieldStatistics.LogNormal => SimulatorKind.Cube,
        SimulatorKind.Auto => ProjectedRange.Contains(Grid, largestSigma, injectionScale, slope) ? SimulatorKind.Projected : SimulatorKind.Cube,
        _ => choice,
    };

    /// <summary>A simulator by its kind.</summary>
    public IFieldSimulator this[SimulatorKind kind] => kind == SimulatorKind.Projected ? projected.Value : cube;

    /// <summary>What draws fields of a kind at a sigma.</summary>
    /// <param name="kind">Cube or projected.</param>
    /// <param name="sigma">The sigma, or any of them where <see cref="ServesAllSigmas"/>.</param>
    public IFieldSimulator At(SimulatorKind kind, double sigma) => statistics == FieldStatistics.LogNormal ? new LogNormalSimulator(cube, sigma) : this[kind];

    /// <summary>S0 by the cube's sum over the whole line of sight (<see cref="IFieldSimulator.Unperturbed"/>).</summary>
    public double[] Unperturbed(ClusterEmission emission, ReadOnlySpan<bool> pixels) => cube.Unperturbed(emission, pixels);

    /// <inheritdoc/>
    public void Dispose()
    {
        cube.Dispose();
        if (projected.IsValueCreated) projected.Value.Dispose();
    }
}
