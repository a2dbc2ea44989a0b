namespace ClusterSurvey.Physics.Sky;

/// <summary>A circle on the sky.</summary>
/// <param name="Centre">Its centre.</param>
/// <param name="RadiusDegrees">Its radius, above 0.</param>
public sealed record SkyCircle(SkyPosition Centre, double RadiusDegrees) : SkyRegion
{
    /// <summary>Its centre.</summary>
    public SkyPosition Centre { get; } = ShapeArguments.Place(Centre);

    /// <summary>Its radius in degrees.</summary>
    public double RadiusDegrees { get; } = ShapeArguments.Size(RadiusDegrees);

    /// <inheritdoc/>
    public override PixelRegion ToPixel(Wcs wcs)
    {
        var frame = LocalFrame.At(wcs, Centre);
        return new PixelCircle(frame.Centre, RadiusDegrees * frame.PixelsPerDegree);
    }
}

/// <summary>A circle in an image.</summary>
/// <param name="Centre">Its centre.</param>
/// <param name="Radius">Its radius in pixels, above 0.</param>
public sealed record PixelCircle(PixelPosition Centre, double Radius) : PixelRegion
{
    /// <summary>Its centre.</summary>
    public PixelPosition Centre { get; } = ShapeArguments.Place(Centre);

    /// <summary>Its radius in pixels.</summary>
    public double Radius { get; } = ShapeArguments.Size(Radius);

    /// <inheritdoc/>
    public override PixelBounds Bounds => new(Centre.X - Radius, Centre.X + Radius, Centre.Y - Radius, Centre.Y + Radius);

    /// <inheritdoc/>
    public override bool Contains(PixelPosition point)
    {
        double dx = point.X - Centre.X, dy = point.Y - Centre.Y;
        return dx * dx + dy * dy <= Radius * Radius;
    }
}
