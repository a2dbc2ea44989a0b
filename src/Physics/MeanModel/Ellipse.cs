namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Elliptical radius on the sky. With x~ = dx cos(angle) - dy sin(angle) and y~ = dy cos(angle) + dx sin(angle),
/// rho^2 = x~^2 (1 - e^2)^(-1/2) + y~^2 (1 - e^2)^(1/2): an ellipse rho has the area of a circle of radius rho.
/// </summary>
/// <param name="CentreX">Centre: x in pixels.</param>
/// <param name="CentreY">Centre: y in pixels.</param>
/// <param name="Angle">Angle in radians; the long axis is y~.</param>
/// <param name="Eccentricity">e, from 0 to below 1.</param>
/// <param name="PixelR500">Side of a pixel in R500.</param>
public readonly record struct Ellipse(double CentreX, double CentreY, double Angle, double Eccentricity, double PixelR500)
{
    /// <summary>rho in R500 of a point in pixels.</summary>
    public double Radius(double x, double y)
    {
        var (dx, dy) = (x - CentreX, y - CentreY);
        var (sin, cos) = Math.SinCos(Angle);
        var across = dx * cos - dy * sin;
        var along = dy * cos + dx * sin;
        var axisRatio = Math.Sqrt(1 - Eccentricity * Eccentricity);
        return PixelR500 * Math.Sqrt(across * across / axisRatio + along * along * axisRatio);
    }

    /// <summary>A point in pixels after the shear that makes circles of ellipses without changing areas: (x~ (1 - e^2)^(-1/4), y~ (1 - e^2)^(1/4)), in R500.</summary>
    public (double U, double V) OnDisc(double x, double y)
    {
        var (dx, dy) = (x - CentreX, y - CentreY);
        var (sin, cos) = Math.SinCos(Angle);
        var root = Math.Sqrt(Math.Sqrt(1 - Eccentricity * Eccentricity));
        return (PixelR500 * (dx * cos - dy * sin) / root, PixelR500 * (dy * cos + dx * sin) * root);
    }
}
