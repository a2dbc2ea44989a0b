namespace ClusterSurvey.Physics.Sky;

/// <summary>The smallest upright rectangle around a shape, edges included, in pixels.</summary>
/// <param name="MinX">Left edge.</param>
/// <param name="MaxX">Right edge.</param>
/// <param name="MinY">Lower edge.</param>
/// <param name="MaxY">Upper edge.</param>
public readonly record struct PixelBounds(double MinX, double MaxX, double MinY, double MaxY)
{
    /// <summary>Around an ellipse with the given semi-axes, turned counter-clockwise.</summary>
    public static PixelBounds OfEllipse(PixelPosition centre, double semiX, double semiY, double angleDegrees)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(angleDegrees));
        var halfX = Math.Sqrt(semiX * cos * (semiX * cos) + semiY * sin * (semiY * sin));
        var halfY = Math.Sqrt(semiX * sin * (semiX * sin) + semiY * cos * (semiY * cos));
        return new(centre.X - halfX, centre.X + halfX, centre.Y - halfY, centre.Y + halfY);
    }
}
