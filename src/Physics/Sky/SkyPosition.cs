namespace ClusterSurvey.Physics.Sky;

/// <summary>A direction on the sky in ICRS (FK5 J2000 counts as the same: they differ by less than 0.1 arcsec).</summary>
/// <param name="RaDegrees">Right ascension in degrees.</param>
/// <param name="DecDegrees">Declination in degrees, -90 to 90.</param>
public readonly record struct SkyPosition(double RaDegrees, double DecDegrees)
{
    /// <summary>Angular distance in degrees, by the formula that is exact at all distances (Vincenty 1975 on the sphere).</summary>
    public double SeparationDegrees(SkyPosition other)
    {
        var (sinHere, cosHere) = Math.SinCos(double.DegreesToRadians(DecDegrees));
        var (sinThere, cosThere) = Math.SinCos(double.DegreesToRadians(other.DecDegrees));
        var (sinRa, cosRa) = Math.SinCos(double.DegreesToRadians(other.RaDegrees - RaDegrees));
        var across = cosThere * sinRa;
        var along = cosHere * sinThere - sinHere * cosThere * cosRa;
        return double.RadiansToDegrees(Math.Atan2(Math.Sqrt(across * across + along * along), sinHere * sinThere + cosHere * cosThere * cosRa));
    }
}
