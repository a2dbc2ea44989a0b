namespace ClusterSurvey.Physics.Sky;

/// <summary>A rectangle on the sky.</summary>
/// <param name="Centre">Its centre.</param>
/// <param name="WidthDegrees">Full side along the angle, above 0.</param>
/// <param name="HeightDegrees">The other full side, above 0.</param>
/// <param name="AngleDegrees">Direction of the first side, from west through north.</param>
public sealed record SkyBox(SkyPosition Centre, double WidthDegrees, double HeightDegrees, double AngleDegrees) : SkyRegion
{
    /// <summary>Its centre.</summary>
    public SkyPosition Centre { get; } = ShapeArguments.Place(Centre);

    /// <summary>Full side along the angle, in degrees.</summary>
    public double WidthDegrees { get; } = ShapeArguments.Size(WidthDegrees);

    /// <summary>The other full side, in degrees.</summary>
    public double HeightDegrees { get; } = ShapeArguments.Size(HeightDegrees);

    /// <summary>Direction of the first side.</summary>
    public double AngleDegrees { get; } = ShapeArguments.Angle(AngleDegrees);

    /// <inheritdoc/>
    public override PixelRegion ToPixel(Wcs wcs)
    {
        var frame = LocalFrame.At(wcs, Centre);
        return new PixelBox(frame.Centre, WidthDegrees * frame.PixelsPerDegree, HeightDegrees * frame.PixelsPerDegree, frame.ImageAngle(AngleDegrees));
    }
}

/// <summary>A rectangle in an image.</summary>
/// <param name="Centre">Its centre.</param>
/// <param name="Width">Full side along the angle, in pixels, above 0.</param>
/// <param name="Height">The other full side, above 0.</param>
/// <param name="AngleDegrees">Direction of the first side, counter-clockwise from x.</param>
public sealed record PixelBox(PixelPosition Centre, double Width, double Height, double AngleDegrees) : PixelRegion
{
    private readonly TurnedAxes axes = new(Centre, AngleDegrees);

    /// <summary>Its centre.</summary>
    public PixelPosition Centre { get; } = ShapeArguments.Place(Centre);

    /// <summary>Full side along the angle, in pixels.</summary>
    public double Width { get; } = ShapeArguments.Size(Width);

    /// <summary>The other full side, in pixels.</summary>
    public double Height { get; } = ShapeArguments.Size(Height);

    /// <summary>Direction of the first side.</summary>
    public double AngleDegrees { get; } = ShapeArguments.Angle(AngleDegrees);

    /// <inheritdoc/>
    public override PixelBounds Bounds
    {
        get
        {
            var (sin, cos) = Math.SinCos(double.DegreesToRadians(AngleDegrees));
            var halfX = (Math.Abs(Width * cos) + Math.Abs(Height * sin)) / 2;
            var halfY = (Math.Abs(Width * sin) + Math.Abs(Height * cos)) / 2;
            return new(Centre.X - halfX, Centre.X + halfX, Centre.Y - halfY, Centre.Y + halfY);
        }
    }

    /// <inheritdoc/>
    public override bool Contains(PixelPosition point)
    {
        var (along, across) = axes.Of(point);
        return Math.Abs(along) <= Width / 2 && Math.Abs(across) <= Height / 2;
    }
}
