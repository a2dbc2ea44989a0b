namespace ClusterSurvey.Physics.Simulation;

/// <summary>Which simulator draws the fields.</summary>
public enum SimulatorKind
{
    /// <summary>The projected one where it was shown to agree with the cube, the cube elsewhere (<see cref="ProjectedRange"/>).</summary>
    Auto,

    /// <summary>The three-dimensional cube: the reference.</summary>
    Cube,

    /// <summary>Projected fields everywhere.</summary>
    Projected,
}
