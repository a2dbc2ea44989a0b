namespace ClusterSurvey.Physics.Maps;

/// <summary>
/// The maps of one observation as the telescope's pipeline leaves them, on one grid, row by row ([y, x] flattened, x fastest).
/// <see cref="MapPreparation.Prepare"/> turns them into a <see cref="MapSet"/>.
/// </summary>
public sealed record NativeMaps
{
    /// <summary>The cluster's name.</summary>
    public required string Name { get; init; }

    /// <summary>Pixels along x (NAXIS1).</summary>
    public required int Width { get; init; }

    /// <summary>Pixels along y (NAXIS2).</summary>
    public required int Height { get; init; }

    /// <summary>Counts per pixel.</summary>
    public required double[] Counts { get; init; }

    /// <summary>Exposure per pixel in <see cref="ExposureUnit"/>.</summary>
    public required double[] Exposure { get; init; }

    /// <summary>Unit of the exposure map.</summary>
    public ExposureUnit ExposureUnit { get; init; } = ExposureUnit.Seconds;

    /// <summary>Background in counts per pixel at the observation's scale; null: none.</summary>
    public double[]? Background { get; init; }

    /// <summary>Hydrogen column density per pixel in cm^-2; null: <see cref="ClusterOnSky.ColumnDensityCm2"/> everywhere.</summary>
    public double[]? ColumnDensityCm2 { get; init; }

    /// <summary>True where a pixel lies in an excluded region (a point source); null: none does.</summary>
    public bool[]? Excluded { get; init; }

    /// <exception cref="ArgumentException">A map's length is not Width x Height.</exception>
    internal void Validate()
    {
        var pixels = checked(Width * Height);
        RequireLength(nameof(Counts), Counts.Length, pixels);
        RequireLength(nameof(Exposure), Exposure.Length, pixels);
        RequireLength(nameof(Background), Background?.Length ?? pixels, pixels);
        RequireLength(nameof(ColumnDensityCm2), ColumnDensityCm2?.Length ?? pixels, pixels);
        RequireLength(nameof(Excluded), Excluded?.Length ?? pixels, pixels);
    }

    private void RequireLength(string map, int found, int expected)
    {
        if (found != expected)
            throw new ArgumentException($"{Name}: the map {map} has {found} pixels, expected {Width} x {Height} = {expected}; all maps of an observation share one grid");
    }
}
