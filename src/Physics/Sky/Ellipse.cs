namespace ClusterSurvey.Physics.Sky;

/// <summary>An ellipse on the sky.</summary>
/// <param name="Centre">Its centre.</param>
/// <param name="SemiXDegrees">Semi-axis that points along the angle, above 0.</param>
/// <param name="SemiYDegrees">The other semi-axis, above 0; either may be the longer.</param>
/// <param name="AngleDegrees">Direction of the first axis, from west through north.</param>
public sealed record SkyEllipse(SkyPosition Centre, double SemiXDegrees, double SemiYDegrees, double AngleDegrees) : SkyRegion
{
    /// <summary>Its centre.</summary>
    public SkyPosition Centre { get; } = ShapeArguments.Place(Centre);

    /// <summary>Semi-axis along the angle, in degrees.</summary>
    public double SemiXDegrees { get; } = ShapeArguments.Size(SemiXDegrees);

    /// <summary>The other semi-axis, in degrees.</summary>
    public double SemiYDegrees { get; } = ShapeArguments.Size(SemiYDegrees);

    /// <summary>Direction of the first axis.</summary>
    public double AngleDegrees { get; } = ShapeArguments.Angle(AngleDegrees);

    /// <inheritdoc/>
    public override PixelRegion ToPixel(Wcs wcs)
    {
        var frame = LocalFrame.At(wcs, Centre);
        return new PixelEllipse(frame.Centre, SemiXDegrees * frame.PixelsPerDegree, SemiYDegrees * frame.PixelsPerDegree, frame.ImageAngle(AngleDegrees));
    }
}

/// <summary>An ellipse in an image.</summary>
/// <param name="Centre">Its centre.</param>
/// <param name="SemiX">Semi-axis that points along the angle, in pixels, above 0.</param>
/// <param name="SemiY">The other semi-axis, above 0.</param>
/// <param name="AngleDegrees">Direction of the first axis, counter-clockwise from x.</param>
public sealed record PixelEllipse(PixelPosition Centre, double SemiX, double SemiY, double AngleDegrees) : PixelRegion
{
    private readonly TurnedAxes axes = new(Centre, AngleDegrees);

    /// <summary>Its centre.</summary>
    public PixelPosition Centre { get; } = ShapeArguments.Place(Centre);

    /// <summary>Semi-axis along the angle, in pixels.</summary>
    public double SemiX { get; } = ShapeArguments.Size(SemiX);

    /// <summary>The other semi-axis, in pixels.</summary>
    public double SemiY { get; } = ShapeArguments.Size(SemiY);

    /// <summary>Direction of the first axis.</summary>
    public double AngleDegrees { get; } = ShapeArguments.Angle(AngleDegrees);

    /// <inheritdoc/>
    public override PixelBounds Bounds => PixelBounds.OfEllipse(Centre, SemiX, SemiY, AngleDegrees);

    /// <inheritdoc/>
    public override bool Contains(PixelPosition point)
    {
        var (along, across) = axes.Of(point);
        return along / SemiX * (along / SemiX) + across / SemiY * (across / SemiY) <= 1;
    }
}
