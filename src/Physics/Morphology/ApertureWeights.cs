using ClusterSurvey.Physics.MeanModel;

namespace ClusterSurvey.Physics.Morphology;

/// <summary>Integrals over the part of a pixel that lies within an elliptical aperture, by a grid of points in the pixel.</summary>
internal static class ApertureWeights
{
    private const int PointsAcross = 9;

    /// <summary>The part of a pixel within an elliptical radius, 0 to 1.</summary>
    /// <param name="ellipse">The ellipse.</param>
    /// <param name="x">Centre of the pixel.</param>
    /// <param name="y">Centre of the pixel.</param>
    /// <param name="radiusR500">The aperture.</param>
    public static double Inside(Ellipse ellipse, int x, int y, double radiusR500)
    {
        // No point of a pixel is farther from its centre than half its diagonal along the ellipse's short axis.
        var reach = Math.Sqrt(0.5) * ellipse.PixelR500 / Math.Pow(1 - ellipse.Eccentricity * ellipse.Eccentricity, 0.25);
        var radius = ellipse.Radius(x, y);
        if (radius + reach <= radiusR500) return 1;
        if (radius - reach >= radiusR500) return 0;
        return (double)Points(x, y).Count(point => ellipse.Radius(point.X, point.Y) < radiusR500) / (PointsAcross * PointsAcross);
    }

    /// <summary>The mean over a pixel of a pair of Zernike modes, which count as 0 outside R500.</summary>
    public static (double Cosine, double Sine) Mean(ZernikeMode mode, Ellipse ellipse, int x, int y)
    {
        var (cosine, sine) = (0.0, 0.0);
        foreach (var point in Points(x, y))
        {
            var (u, v) = ellipse.OnDisc(point.X, point.Y);
            if (u * u + v * v >= 1) continue;
            var (c, s) = mode.At(u, v);
            cosine += c;
            sine += s;
        }
        return (cosine / (PointsAcross * PointsAcross), sine / (PointsAcross * PointsAcross));
    }

    private static IEnumerable<(double X, double Y)> Points(int x, int y)
    {
        for (var i = 0; i < PointsAcross * PointsAcross; i++)
            yield return (x + (i % PointsAcross + 0.5) / PointsAcross - 0.5, y + (i / PointsAcross + 0.5) / PointsAcross - 0.5);
    }
}
