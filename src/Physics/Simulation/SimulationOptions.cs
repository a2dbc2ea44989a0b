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

    /// <summary>
    /// For <see cref="SecondOrder.Refit"/>: change of the expected counts per unit of each parameter of the mean model, one map each. None: a radial
    /// profile is refitted.
    /// </summary>
    public IReadOnlyList<double[]>? MeanModelDirections { get; init; }

    /// <summary>Which simulator draws the fields.</summary>
    public SimulatorKind Simulator { get; init; } = SimulatorKind.Auto;

    /// <summary>One-point statistics of the density fluctuations.</summary>
    public FieldStatistics Statistics { get; init; } = FieldStatistics.Gaussian;

    /// <summary>The telescope's point spread function; none for a perfect telescope.</summary>
    public PointSpreadFunction? Psf { get; init; }

    /// <summary>Fluctuations of the sky from sources too faint to be cut out; none (default) for a flat sky.</summary>
    public UnresolvedSources? Unresolved { get; init; }
}
