using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>The cells of a three-dimensional box: square across the sky, of their own depth along the line of sight.</summary>
/// <param name="CellsX">Cells along x.</param>
/// <param name="CellsY">Cells along y.</param>
/// <param name="CellsZ">Cells along the line of sight; even.</param>
/// <param name="CellR500">Side of a cell across the sky, R500.</param>
/// <param name="DepthCellR500">Depth of a cell, R500.</param>
public sealed record CubeGrid(int CellsX, int CellsY, int CellsZ, double CellR500, double DepthCellR500)
{
    /// <summary>The box for an image: the image, padded to the settings' least side and to lengths whose transforms are fast.</summary>
    /// <param name="width">Pixels along x.</param>
    /// <param name="height">Pixels along y.</param>
    /// <param name="pixelR500">Side of a pixel, R500.</param>
    /// <param name="settings">The box.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the number of cells in depth is odd.</exception>
    public static CubeGrid For(int width, int height, double pixelR500, CubeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (!(pixelR500 > 0) || !double.IsFinite(pixelR500)) throw new ArgumentOutOfRangeException(nameof(pixelR500), pixelR500, "a pixel's side is finite and above 0 (in R500)");
        if (!(settings.DepthR500 > 0) || !(settings.SmallestBoxR500 >= 0)) throw new ArgumentException($"a box of {settings.SmallestBoxR500} R500 and {settings.DepthR500} R500 deep: expected a depth above 0 and a side of 0 or more", nameof(settings));
        if (settings.DepthCells is { } chosen && (chosen < 4 || chosen % 2 != 0)) throw new ArgumentException($"{chosen} cells in depth: expected an even number, 4 or more", nameof(settings));
        var depthCells = settings.DepthCells ?? FastSize.AtLeast((int)Math.Ceiling(settings.DepthR500 / pixelR500 - 1e-9));
        return new CubeGrid(Side(width), Side(height), depthCells, pixelR500, settings.DepthR500 / depthCells);

        int Side(int pixels) => settings.SmallestBoxR500 == 0 ? pixels : FastSize.AtLeast(Math.Max(pixels, (int)Math.Ceiling(settings.SmallestBoxR500 / pixelR500 - 1e-9)));
    }

    /// <summary>Volume of the box, R500^3.</summary>
    public double Volume => CellsX * CellR500 * CellsY * CellR500 * CellsZ * DepthCellR500;

    /// <summary>Number of cells.</summary>
    public long Cells => (long)CellsX * CellsY * CellsZ;

    /// <summary>The shorter side across the sky, R500: no longer fluctuation fits.</summary>
    public double ShortestSide => Math.Min(CellsX, CellsY) * CellR500;

    /// <summary>The longest side of the box, R500.</summary>
    public double LongestSide => Math.Max(Math.Max(CellsX, CellsY) * CellR500, CellsZ * DepthCellR500);

    /// <summary>|k| of the mode farthest from 0, 1/R500.</summary>
    public double LargestWavenumber => Math.Sqrt(0.5 / (CellR500 * CellR500) + 0.25 / (DepthCellR500 * DepthCellR500));

    /// <summary>
    /// The variance that a field with this spectrum has on the grid: the sum of P/V over its modes, k = 0 left out. Below sigma^2, since the grid carries
    /// neither the shortest nor the longest fluctuations; above it where a single mode stands for an octave. The field is never scaled to sigma.
    /// </summary>
    public double CapturedVariance(TurbulenceSpectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        var sum = 0.0;
        for (var z = 0; 2 * z <= CellsZ; z++)
            for (var y = 0; 2 * y <= CellsY; y++)
                for (var x = 0; 2 * x <= CellsX; x++)
                {
                    double kx = x / (CellsX * CellR500), ky = y / (CellsY * CellR500), kz = z / (CellsZ * DepthCellR500);
                    sum += Twins(x, CellsX) * Twins(y, CellsY) * Twins(z, CellsZ) * spectrum.Power(Math.Sqrt(kx * kx + ky * ky + kz * kz));
                }
        return sum / Volume;

        // A mode and its mirror image, unless they are the same.
        static int Twins(int mode, int cells) => mode == 0 || 2 * mode == cells ? 1 : 2;
    }
}
