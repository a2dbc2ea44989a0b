namespace ClusterSurvey.Physics.Simulation;

/// <summary>The box in which a three-dimensional field is drawn.</summary>
public sealed record CubeSettings
{
    /// <summary>
    /// Least side of the box across the sky, R500: the field is periodic, and a box no larger than the cluster ties its opposite edges
    /// together. 0 takes the image's own box.
    /// </summary>
    public double SmallestBoxR500 { get; init; } = 2.5;

    /// <summary>Depth of the box along the line of sight, R500: from -DepthR500/2 to +DepthR500/2.</summary>
    public double DepthR500 { get; init; } = 10;

    /// <summary>Cells along the line of sight, an even number; none (default) for cells about as deep as a pixel is wide.</summary>
    public int? DepthCells { get; init; }
}
