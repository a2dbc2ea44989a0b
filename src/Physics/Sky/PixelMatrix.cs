namespace ClusterSurvey.Physics.Sky;

/// <summary>
/// Steps in the tangent plane per step in the image, in degrees per pixel: xi = Xx dx + Xy dy (towards east),
/// eta = Yx dx + Yy dy (towards north). It is the CD matrix of Calabretta and Greisen 2002, section 2.1.2.
/// </summary>
/// <param name="Xx">East per pixel of x.</param>
/// <param name="Xy">East per pixel of y.</param>
/// <param name="Yx">North per pixel of x.</param>
/// <param name="Yy">North per pixel of y.</param>
public readonly record struct PixelMatrix(double Xx, double Xy, double Yx, double Yy)
{
    /// <summary>North up, east left, square pixels.</summary>
    /// <param name="pixelDegrees">Side of a pixel in degrees.</param>
    public static PixelMatrix NorthUp(double pixelDegrees) => new(-pixelDegrees, 0, 0, pixelDegrees);

    /// <summary>From pixel sizes and the older rotation keyword CROTA2 (Calabretta and Greisen 2002, section 6.1).</summary>
    /// <param name="deltaX">CDELT1 in degrees.</param>
    /// <param name="deltaY">CDELT2 in degrees.</param>
    /// <param name="rotationDegrees">CROTA2 in degrees.</param>
    public static PixelMatrix FromRotation(double deltaX, double deltaY, double rotationDegrees)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(rotationDegrees));
        return new(deltaX * cos, -deltaY * sin, deltaX * sin, deltaY * cos);
    }

    /// <summary>Negative for the usual image, with east on the left when north is up.</summary>
    public double Determinant => Xx * Yy - Xy * Yx;

    /// <summary>
    /// How far the pixels are from squares: the larger of the relative difference of the two sides and the cosine
    /// of the angle between them.
    /// </summary>
    public double SquareDefect
    {
        get
        {
            double sideX = Math.Sqrt(Xx * Xx + Yx * Yx), sideY = Math.Sqrt(Xy * Xy + Yy * Yy);
            var skew = Math.Abs(Xx * Xy + Yx * Yy) / (sideX * sideY);
            return Math.Max(Math.Abs(sideX / sideY - 1), skew);
        }
    }

    /// <summary>The matrix of an image whose pixels are <paramref name="factor"/> times as large.</summary>
    public PixelMatrix Scaled(double factor) => new(Xx * factor, Xy * factor, Yx * factor, Yy * factor);
}
