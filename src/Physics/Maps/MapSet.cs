namespace ClusterSurvey.Physics.Maps;

/// <summary>
/// The maps of one cluster at working resolution, row by row ([y, x] flattened, length Width x Height), with the
/// scale that ties pixels to R500. Exposure is in s kpc^2 (vignetting-corrected seconds times the pixel's area), so
/// that a surface brightness in counts s^-1 kpc^-2 times the exposure gives counts (science: data model).
/// </summary>
public sealed record MapSet
{
    /// <summary>The cluster's name.</summary>
    public required string Name { get; init; }

    /// <summary>Pixels along x (NAXIS1).</summary>
    public required int Width { get; init; }

    /// <summary>Pixels along y (NAXIS2).</summary>
    public required int Height { get; init; }

    /// <summary>Counts per pixel.</summary>
    public required double[] Counts { get; init; }

    /// <summary>Exposure per pixel in s kpc^2; 0 where masked.</summary>
    public required double[] Exposure { get; init; }

    /// <summary>Particle and soft-proton background, counts per pixel; not vignetted, added outside the exposure product.</summary>
    public required double[] Background { get; init; }

    /// <summary>True where the pixel may be used: exposure above 0 and in no excluded region.</summary>
    public required bool[] Mask { get; init; }

    /// <summary>The mask before holes were cut out of it to see what holes do (<see cref="RandomHoles"/>); none where none were.</summary>
    public bool[]? MaskBeforeHoles { get; init; }

    /// <summary>Hydrogen column density of the field in cm^-2 (the mean of its map).</summary>
    public required double ColumnDensityCm2 { get; init; }

    /// <summary>Side of a pixel in R500.</summary>
    public required double PixelR500 { get; init; }

    /// <summary>Length of R500 in kpc.</summary>
    public required double R500Kpc { get; init; }

    /// <summary>Redshift.</summary>
    public required double Redshift { get; init; }

    /// <summary>The catalogue's centre: x in pixels, 0 at the centre of the first pixel.</summary>
    public required double CentreX { get; init; }

    /// <summary>The catalogue's centre: y in pixels, 0 at the centre of the first pixel.</summary>
    public required double CentreY { get; init; }

    /// <summary>Number of pixels.</summary>
    public int PixelCount => Width * Height;

    /// <summary>Side of a pixel in kpc.</summary>
    public double PixelKpc => PixelR500 * R500Kpc;

    /// <summary>Side of a pixel in arcsec, in the standard cosmology.</summary>
    public double PixelArcsec => 60 * Cosmology.Standard.Angle(new Kiloparsec(PixelKpc), new Redshift(Redshift)).Value;

    /// <summary>The same maps with a margin of unusable pixels on every side.</summary>
    /// <param name="margin">Pixels on each side, 0 or more.</param>
    public MapSet Padded(int margin)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        var (width, height) = (Width + 2 * margin, Height + 2 * margin);
        return this with
        {
            Width = width, Height = height, CentreX = CentreX + margin, CentreY = CentreY + margin,
            Counts = Padded(Counts), Exposure = Padded(Exposure), Background = Padded(Background), Mask = Padded(Mask),
            MaskBeforeHoles = MaskBeforeHoles is null ? null : Padded(MaskBeforeHoles),
        };

        T[] Padded<T>(T[] values)
        {
            var padded = new T[width * height];
            for (var y = 0; y < Height; y++) values.AsSpan(y * Width, Width).CopyTo(padded.AsSpan((y + margin) * width + margin));
            return padded;
        }
    }
}
