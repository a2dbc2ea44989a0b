using ClusterSurvey.Physics.PointSpread;

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

    /// <summary>For <see cref="SecondOrder.Refit"/>: angle of every pixel in the frame in which the cluster's ellipse is a circle, in radians, row by row. None: the smooth factor is a function of the radius alone.</summary>
    public double[]? EllipticalAngle { get; init; }

    /// <summary>Which simulator draws the fields.</summary>
    public SimulatorKind Simulator { get; init; } = SimulatorKind.Auto;

    /// <summary>One-point statistics of the density fluctuations.</summary>
    public FieldStatistics Statistics { get; init; } = FieldStatistics.Gaussian;

    /// <summary>The telescope's point spread function; none for a perfect telescope.</summary>
    public PointSpreadFunction? Psf { get; init; }

    /// <summary>Fluctuations of the sky from sources too faint to be cut out; none (default) for a flat sky.</summary>
    public UnresolvedSources? Unresolved { get; init; }
}
