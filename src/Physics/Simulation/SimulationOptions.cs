namespace ClusterSurvey.Physics.Simulation;

/// <summary>How a cluster is simulated.</summary>
public sealed record SimulationOptions
{
    /// <summary>The treatment of the second order.</summary>
    public SecondOrder SecondOrder { get; init; } = SecondOrder.Normalised;

    /// <summary>The null spectrum.</summary>
    public NullTreatment Null { get; init; } = NullTreatment.Mean;

    /// <summary>The box of the three-dimensional field.</summary>
    public CubeSettings Cube { get; init; } = new();

    /// <summary>
    /// For <see cref="SecondOrder.Refit"/>: change of the expected counts per unit of each parameter of the mean model, one map each. None: a radial
    /// profile is refitted.
    /// </summary>
    public IReadOnlyList<double[]>? MeanModelDirections { get; init; }

    /// <summary>The simulator of fields that these choices ask for, for images of this geometry.</summary>
    /// <param name="geometry">The image.</param>
    /// <exception cref="ArgumentException">The box or the image is out of range.</exception>
    public IFieldSimulator FieldSimulator(FieldGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        return new CubeSimulator(geometry.Width, geometry.Height, geometry.PixelR500, Cube);
    }
}
