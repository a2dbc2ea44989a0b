namespace ClusterSurvey.Physics.Sky;

/// <summary>An elliptical ring on the sky, or the part of it within a range of directions (DS9's ellipse with two outlines, and epanda).</summary>
/// <param name="Centre">Its centre.</param>
/// <param name="InnerXDegrees">Inner semi-axis along the angle, 0 or more.</param>
/// <param name="InnerYDegrees">The other inner semi-axis, 0 or more.</param>
/// <param name="OuterXDegrees">Outer semi-axis along the angle, above the inner.</param>
/// <param name="OuterYDegrees">The other outer semi-axis, above the inner.</param>
/// <param name="AngleDegrees">Direction of the first axis, from west through north.</param>
/// <param name="Sector">The directions it covers, counted from the first axis in the same sense; none for the whole ring.</param>
public sealed record SkyEllipticalAnnulus(
    SkyPosition Centre, double InnerXDegrees, double InnerYDegrees, double OuterXDegrees, double OuterYDegrees, double AngleDegrees, AngleRange? Sector = null)
    : SkyRegion
{
    /// <summary>Its centre.</summary>
    public SkyPosition Centre { get; } = ShapeArguments.Place(Centre);

    /// <summary>Inner semi-axis along the angle, in degrees.</summary>
    public double InnerXDegrees { get; } = ShapeArguments.InnerSize(InnerXDegrees, OuterXDegrees);

    /// <summary>The other inner semi-axis, in degrees.</summary>
    public double InnerYDegrees { get; } = ShapeArguments.InnerSize(InnerYDegrees, OuterYDegrees);

    /// <summary>Outer semi-axis along the angle, in degrees.</summary>
    public double OuterXDegrees { get; } = ShapeArguments.Size(OuterXDegrees);

    /// <summary>The other outer semi-axis, in degrees.</summary>
    public double OuterYDegrees { get; } = ShapeArguments.Size(OuterYDegrees);

    /// <summary>Direction of the first axis.</summary>
    public double AngleDegrees { get; } = ShapeArguments.Angle(AngleDegrees);

    /// <inheritdoc/>
    public override PixelRegion ToPixel(Wcs wcs)
    {
        var frame = LocalFrame.At(wcs, Centre);
        var scale = frame.PixelsPerDegree;
        // In a mirror image a sector to the left of the first axis comes to lie on its right.
        var sector = Sector is { } s && frame.IsMirrored ? new AngleRange(-s.StopDegrees, -s.StartDegrees) : Sector;
        return new PixelEllipticalAnnulus(
            frame.Centre, InnerXDegrees * scale, InnerYDegrees * scale, OuterXDegrees * scale, OuterYDegrees * scale, frame.ImageAngle(AngleDegrees), sector);
    }
}

/// <summary>An elliptical ring in an image, or the part of it within a range of directions.</summary>
/// <param name="Centre">Its centre.</param>
/// <param name="InnerX">Inner semi-axis along the angle, in pixels, 0 or more.</param>
/// <param name="InnerY">The other inner semi-axis, 0 or more.</param>
/// <param name="OuterX">Outer semi-axis along the angle, above the inner.</param>
/// <param name="OuterY">The other outer semi-axis, above the inner.</param>
/// <param name="AngleDegrees">Direction of the first axis, counter-clockwise from x.</param>
/// <param name="Sector">The directions it covers, counter-clockwise from the first axis; none for the whole ring.</param>
public sealed record PixelEllipticalAnnulus(
    PixelPosition Centre, double InnerX, double InnerY, double OuterX, double OuterY, double AngleDegrees, AngleRange? Sector = null) : PixelRegion
{
    private readonly TurnedAxes axes = new(Centre, AngleDegrees);

    /// <summary>Its centre.</summary>
    public PixelPosition Centre { get; } = ShapeArguments.Place(Centre);

    /// <summary>Inner semi-axis along the angle, in pixels.</summary>
    public double InnerX { get; } = ShapeArguments.InnerSize(InnerX, OuterX);

    /// <summary>The other inner semi-axis, in pixels.</summary>
    public double InnerY { get; } = ShapeArguments.InnerSize(InnerY, OuterY);

    /// <summary>Outer semi-axis along the angle, in pixels.</summary>
    public double OuterX { get; } = ShapeArguments.Size(OuterX);

    /// <summary>The other outer semi-axis, in pixels.</summary>
    public double OuterY { get; } = ShapeArguments.Size(OuterY);

    /// <summary>Direction of the first axis.</summary>
    public double AngleDegrees { get; } = ShapeArguments.Angle(AngleDegrees);

    /// <inheritdoc/>
    public override PixelBounds Bounds => PixelBounds.OfEllipse(Centre, OuterX, OuterY, AngleDegrees);

    /// <inheritdoc/>
    public override bool Contains(PixelPosition point)
    {
        var (along, across) = axes.Of(point);
        if (along / OuterX * (along / OuterX) + across / OuterY * (across / OuterY) > 1 || InHole(along, across)) return false;
        return Sector is not { } sector || sector.Contains(double.RadiansToDegrees(Math.Atan2(across, along)));
    }

    private bool InHole(double along, double across) =>
        InnerX > 0 && InnerY > 0 && along / InnerX * (along / InnerX) + across / InnerY * (across / InnerY) < 1;
}
