using ClusterSurvey.Physics.Sky;

namespace ClusterSurvey.Activities.Fits;

/// <summary>
/// A two-dimensional image as physical values: row by row from the first (lowest) row, x along NAXIS1, BSCALE and BZERO
/// applied, blank pixels NaN.
/// </summary>
public sealed class FitsImage
{
    internal FitsImage(FitsHdu hdu, FitsHeader primary, double[] pixels) => (Hdu, Primary, Pixels) = (hdu, primary, pixels);

    public FitsHdu Hdu { get; }

    /// <summary>The header of the image.</summary>
    public FitsHeader Header => Hdu.Header;

    /// <summary>The header of the primary HDU: the same one unless the image is in an extension.</summary>
    public FitsHeader Primary { get; }

    public int Width => (int)Hdu.Axes[0];

    public int Height => (int)Hdu.Axes[1];

    /// <summary>Width x Height values; pixel (x, y) is at y * Width + x.</summary>
    public double[] Pixels { get; }

    /// <exception cref="FitsException">There is no projection in the header, or one that is not supported.</exception>
    public Wcs ReadWcs() => FitsWcs.Read(Header);

    /// <exception cref="FitsException">Another image's shape, or its place on the sky by more than the tolerance, differs from this one's.</exception>
    public void RequireSameGrid(FitsImage other, double tolerancePixels = 0.25)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Width != Width || other.Height != Height)
            throw new FitsException(
                other.Header.File, other.Header.Hdu, "NAXIS", $"{other.Width} x {other.Height} pixels", $"{Width} x {Height} as {Header.File} has",
                "bring the maps to one grid, or name another file");
        var mismatch = ReadWcs().CornerMismatchPixels(other.ReadWcs(), Width, Height);
        if (!(mismatch <= tolerancePixels))
            throw new FitsException(
                other.Header.File, other.Header.Hdu, "CRVAL", $"corners {mismatch:G4} pixels away from those of {Header.File}", $"at most {tolerancePixels} pixels",
                "bring the maps to one grid, or name another file");
    }
}
