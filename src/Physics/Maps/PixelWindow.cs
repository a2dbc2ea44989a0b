namespace ClusterSurvey.Physics.Maps;

/// <summary>
/// How a cropped and rebinned grid lies on the native one. The window may reach beyond the native map, where its pixels are masked.
/// </summary>
/// <param name="X0">Native x of the window's first column; negative when the window begins left of the map.</param>
/// <param name="Y0">Native y of the window's first row; negative when the window begins below the map.</param>
/// <param name="Factor">Native pixels per working pixel along each axis.</param>
/// <param name="Width">Working pixels along x.</param>
/// <param name="Height">Working pixels along y.</param>
public readonly record struct PixelWindow(int X0, int Y0, int Factor, int Width, int Height)
{
    /// <summary>
    /// The square window around a centre that holds every native pixel whose centre is within a half width of it in x and in y.
    /// </summary>
    /// <param name="centreX">Native x of the centre.</param>
    /// <param name="centreY">Native y of the centre.</param>
    /// <param name="halfWidth">Half the box's side in native pixels.</param>
    /// <param name="factor">Native pixels per working pixel.</param>
    public static PixelWindow Around(double centreX, double centreY, double halfWidth, int factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        var size = checked((int)Math.Ceiling((2 * halfWidth + 1) / factor));
        return new PixelWindow(First(centreX, size * factor), First(centreY, size * factor), factor, size, size);
    }

    /// <summary>Working coordinate of a native one (either axis' own offset): pixel centres are whole numbers on both grids.</summary>
    public (double X, double Y) ToWorking(double nativeX, double nativeY) =>
        ((nativeX - X0 + 0.5) / Factor - 0.5, (nativeY - Y0 + 0.5) / Factor - 0.5);

    /// <summary>Native coordinate of a working one: the inverse of <see cref="ToWorking"/>.</summary>
    public (double X, double Y) ToNative(double workingX, double workingY) =>
        ((workingX + 0.5) * Factor - 0.5 + X0, (workingY + 0.5) * Factor - 0.5 + Y0);

    // The block of native pixels whose middle lies nearest to the centre.
    private static int First(double centre, int nativeSize) => (int)Math.Round(centre + 0.5 - nativeSize / 2.0, MidpointRounding.AwayFromZero);
}
