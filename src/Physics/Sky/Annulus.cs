namespace ClusterSurvey.Physics.Sky;

/// <summary>A ring on the sky, or the part of it within a range of directions (DS9's annulus and panda).</summary>
/// <param name="Centre">Its centre.</param>
/// <param name="InnerDegrees">Inner radius, 0 or more.</param>
/// <param name="OuterDegrees">Outer radius, above the inner.</param>
/// <param name="Sector">The directions it covers, from west through north; none for the whole ring.</param>
public sealed record SkyAnnulus(SkyPosition Centre, double InnerDegrees, double OuterDegrees, AngleRange? Sector = null) : SkyRegion
{
    /// <summary>Its centre.</summary>
    public SkyPosition Centre { get; } = ShapeArguments.Place(Centre);

    /// <summary>Inner radius in degrees.</summary>
    public double InnerDegrees { get; } = ShapeArguments.InnerSize(InnerDegrees, OuterDegrees);

    /// <summary>Outer radius in degrees.</summary>
    public double OuterDegrees { get; } = ShapeArguments.Size(OuterDegrees);

    /// <inheritdoc/>
    public override PixelRegion ToPixel(Wcs wcs)
    {
        var frame = LocalFrame.At(wcs, Centre);
        return new PixelAnnulus(frame.Centre, InnerDegrees * frame.PixelsPerDegree, OuterDegrees * frame.PixelsPerDegree, Sector?.InImage(frame));
    }
}

/// <summary>A ring in an image, or the part of it within a range of directions.</summary>
/// <param name="Centre">Its centre.</param>
/// <param name="Inner">Inner radius in pixels, 0 or more; the inner edge belongs to the ring.</param>
/// <param name="Outer">Outer radius in pixels, above the inner.</param>
/// <param name="Sector">The directions it covers, counter-clockwise from x; none for the whole ring.</param>
public sealed record PixelAnnulus(PixelPosition Centre, double Inner, double Outer, AngleRange? Sector = null) : PixelRegion
{
    /// <summary>Its centre.</summary>
    public PixelPosition Centre { get; } = ShapeArguments.Place(Centre);

    /// <summary>Inner radius in pixels.</summary>
    public double Inner { get; } = ShapeArguments.InnerSize(Inner, Outer);

    /// <summary>Outer radius in pixels.</summary>
    public double Outer { get; } = ShapeArguments.Size(Outer);

    /// <inheritdoc/>
    public override PixelBounds Bounds => new(Centre.X - Outer, Centre.X + Outer, Centre.Y - Outer, Centre.Y + Outer);

    /// <inheritdoc/>
    public override bool Contains(PixelPosition point)
    {
        double dx = point.X - Centre.X, dy = point.Y - Centre.Y;
        var square = dx * dx + dy * dy;
        if (square < Inner * Inner || square > Outer * Outer) return false;
        return Sector is not { } sector || sector.Contains(double.RadiansToDegrees(Math.Atan2(dy, dx)));
    }
}
