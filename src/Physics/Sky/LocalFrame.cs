namespace ClusterSurvey.Physics.Sky;

/// <summary>The image around one place on the sky, linearised: scale and directions there.</summary>
/// <param name="Centre">The place in pixels.</param>
/// <param name="PixelsPerDegree">Square root of the pixels per square degree at the place.</param>
/// <param name="NorthDegrees">Direction of north in the image, counter-clockwise from x.</param>
/// <param name="IsMirrored">True when east is clockwise from north in the image.</param>
internal readonly record struct LocalFrame(PixelPosition Centre, double PixelsPerDegree, double NorthDegrees, bool IsMirrored)
{
    // A thousandth of a degree: the curvature of the projection then enters at a relative 1e-10.
    private const double Step = 1e-3;

    public static LocalFrame At(Wcs wcs, SkyPosition place)
    {
        var centre = wcs.ToPixel(place);
        var sky = Wcs.NorthUp(place, default, 60 * Step);
        PixelPosition Towards(double east, double north) => wcs.ToPixel(sky.ToSky(new(-east, north)));
        var (north, south, east, west) = (Towards(0, 1), Towards(0, -1), Towards(1, 0), Towards(-1, 0));
        double northX = north.X - south.X, northY = north.Y - south.Y, eastX = east.X - west.X, eastY = east.Y - west.Y;
        var turn = northX * eastY - northY * eastX;
        return new(centre, Math.Sqrt(Math.Abs(turn)) / (2 * Step), double.RadiansToDegrees(Math.Atan2(northY, northX)), turn < 0);
    }

    /// <summary>
    /// The direction in the image of a direction on the sky. On the sky an angle counts from west through north, as DS9
    /// does: with north up and east left it is the angle in the image.
    /// </summary>
    public double ImageAngle(double skyDegrees) => IsMirrored ? NorthDegrees + 90 - skyDegrees : NorthDegrees - 90 + skyDegrees;
}
