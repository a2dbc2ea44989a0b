namespace ClusterSurvey.Physics.Sky;

/// <summary>
/// The gnomonic (TAN) projection of an image: which pixel looks at which place on the sky
/// (Calabretta and Greisen 2002, section 5.1.3, with the native pole at longitude 180 degrees).
/// </summary>
public sealed record Wcs
{
    private readonly double sinDec0, cosDec0;

    /// <summary>A projection from its reference point and matrix.</summary>
    /// <param name="reference">The tangent point (CRVAL).</param>
    /// <param name="referencePixel">Where the tangent point falls, 0 at the centre of the first pixel (CRPIX - 1); may lie outside the image.</param>
    /// <param name="matrix">Degrees per pixel.</param>
    /// <exception cref="ArgumentException">A number is not finite, the declination is beyond a pole, or the matrix cannot be inverted.</exception>
    public Wcs(SkyPosition reference, PixelPosition referencePixel, PixelMatrix matrix)
    {
        if (!double.IsFinite(reference.RaDegrees) || !(Math.Abs(reference.DecDegrees) <= 90))
            throw new ArgumentException($"found {reference}, expected a finite right ascension and a declination between -90 and 90", nameof(reference));
        if (!double.IsFinite(referencePixel.X) || !double.IsFinite(referencePixel.Y))
            throw new ArgumentException($"found {referencePixel}, expected finite numbers", nameof(referencePixel));
        if (!double.IsNormal(matrix.Determinant) || !double.IsFinite(matrix.SquareDefect))
            throw new ArgumentException($"found {matrix}, expected a matrix that can be inverted", nameof(matrix));
        (Reference, ReferencePixel, Matrix) = (reference, referencePixel, matrix);
        (sinDec0, cosDec0) = Math.SinCos(double.DegreesToRadians(reference.DecDegrees));
    }

    /// <summary>The tangent point.</summary>
    public SkyPosition Reference { get; }

    /// <summary>Where the tangent point falls in the image.</summary>
    public PixelPosition ReferencePixel { get; }

    /// <summary>Degrees per pixel at the tangent point.</summary>
    public PixelMatrix Matrix { get; }

    /// <summary>Side of a pixel in arcmin: the square root of its area.</summary>
    public double PixelScaleArcmin => 60 * Math.Sqrt(Math.Abs(Matrix.Determinant));

    /// <summary>Position angle of the image's y axis, from north towards east, in degrees.</summary>
    public double RotationDegrees => double.RadiansToDegrees(Math.Atan2(Matrix.Xy, Matrix.Yy)) + 0.0;

    /// <summary>True when east is on the right with north up: a mirror image of the sky as seen from inside.</summary>
    public bool IsMirrored => Matrix.Determinant > 0;

    /// <summary>North up, east left, square pixels.</summary>
    /// <param name="centre">The tangent point.</param>
    /// <param name="centrePixel">Where it falls.</param>
    /// <param name="pixelArcmin">Side of a pixel in arcmin.</param>
    public static Wcs NorthUp(SkyPosition centre, PixelPosition centrePixel, double pixelArcmin) => new(centre, centrePixel, PixelMatrix.NorthUp(pixelArcmin / 60));

    /// <summary>The place on the sky that a pixel looks at; right ascension in [0, 360).</summary>
    public SkyPosition ToSky(PixelPosition pixel)
    {
        double dx = pixel.X - ReferencePixel.X, dy = pixel.Y - ReferencePixel.Y;
        var xi = double.DegreesToRadians(Matrix.Xx * dx + Matrix.Xy * dy);
        var eta = double.DegreesToRadians(Matrix.Yx * dx + Matrix.Yy * dy);
        var towardsPole = cosDec0 - eta * sinDec0;
        var ra = Reference.RaDegrees + double.RadiansToDegrees(Math.Atan2(xi, towardsPole));
        var dec = Math.Atan2(sinDec0 + eta * cosDec0, Math.Sqrt(xi * xi + towardsPole * towardsPole));
        ra -= 360 * Math.Floor(ra / 360);
        return new(ra < 360 ? ra : 0, double.RadiansToDegrees(dec));
    }

    /// <summary>The pixel that looks at a place on the sky; it may lie outside the image.</summary>
    /// <exception cref="ArgumentException">The place is 90 degrees or more from the tangent point: it has no image.</exception>
    public PixelPosition ToPixel(SkyPosition position) => TryToPixel(position, out var pixel)
        ? pixel
        : throw new ArgumentException($"found {position}, {Reference.SeparationDegrees(position):F1} degrees from the tangent point {Reference}; expected less than 90", nameof(position));

    /// <summary>The pixel that looks at a place on the sky; false when the place is 90 degrees or more from the tangent point.</summary>
    public bool TryToPixel(SkyPosition position, out PixelPosition pixel)
    {
        var (sinDec, cosDec) = Math.SinCos(double.DegreesToRadians(position.DecDegrees));
        var (sinRa, cosRa) = Math.SinCos(double.DegreesToRadians(position.RaDegrees - Reference.RaDegrees));
        var cosDistance = sinDec * sinDec0 + cosDec * cosDec0 * cosRa;
        pixel = default;
        if (!(cosDistance > 1e-9)) return false;
        var xi = double.RadiansToDegrees(cosDec * sinRa / cosDistance);
        var eta = double.RadiansToDegrees((sinDec * cosDec0 - cosDec * sinDec0 * cosRa) / cosDistance);
        var determinant = Matrix.Determinant;
        pixel = new(ReferencePixel.X + (Matrix.Yy * xi - Matrix.Xy * eta) / determinant, ReferencePixel.Y + (Matrix.Xx * eta - Matrix.Yx * xi) / determinant);
        return true;
    }

    /// <summary>The projection of the part of the image that starts at a pixel.</summary>
    /// <param name="x0">First column that is kept.</param>
    /// <param name="y0">First row that is kept.</param>
    public Wcs Crop(int x0, int y0) => new(Reference, new(ReferencePixel.X - x0, ReferencePixel.Y - y0), Matrix);

    /// <summary>The projection after blocks of factor x factor pixels, from the first pixel on, became one.</summary>
    /// <param name="factor">Pixels along the side of a block, at least 1.</param>
    public Wcs Rebin(int factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        // The outer edge of the image, at -1/2, stays where it is.
        return new(Reference, new((ReferencePixel.X + 0.5) / factor - 0.5, (ReferencePixel.Y + 0.5) / factor - 0.5), Matrix.Scaled(factor));
    }

    /// <summary>
    /// How far two maps of the same shape disagree on the sky: the largest distance, over the four corner pixels, between
    /// where both say they look, in pixels of this map. Positive infinity when a corner of the other is out of sight here.
    /// </summary>
    public double CornerMismatchPixels(Wcs other, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(other);
        var worst = 0.0;
        foreach (var corner in (ReadOnlySpan<PixelPosition>)[new(0, 0), new(width - 1, 0), new(0, height - 1), new(width - 1, height - 1)])
        {
            if (!TryToPixel(other.ToSky(corner), out var here)) return double.PositiveInfinity;
            worst = Math.Max(worst, Math.Sqrt((here.X - corner.X) * (here.X - corner.X) + (here.Y - corner.Y) * (here.Y - corner.Y)));
        }
        return worst;
    }
}
