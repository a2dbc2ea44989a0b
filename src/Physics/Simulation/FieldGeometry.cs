using ClusterSurvey.Physics.Maps;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>What an observation of one cluster is apart from its counts; maps are row by row.</summary>
public sealed record FieldGeometry
{
    /// <summary>Pixels along x.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels along y.</summary>
    public required int Height { get; init; }

    /// <summary>Side of a pixel in R500.</summary>
    public required double PixelR500 { get; init; }

    /// <summary>Side of a pixel in arcsec: what a point spread function is measured against. 0 when it is not known.</summary>
    public double PixelArcsec { get; init; }

    /// <summary>Exposure in s kpc^2; above 0 wherever the mask is true.</summary>
    public required double[] Exposure { get; init; }

    /// <summary>Particle background, counts per pixel.</summary>
    public required double[] Background { get; init; }

    /// <summary>True where a pixel may be used.</summary>
    public required bool[] Mask { get; init; }

    /// <summary>
    /// True where counts are drawn, all pixels of the mask among them; none: those of the mask alone. An observation with more holes than another has that one's mask
    /// here, and with it the same counts in every pixel that both use: what holes do is then not hidden by chance.
    /// </summary>
    public bool[]? Counted { get; init; }

    /// <summary>Number of pixels.</summary>
    public int PixelCount => Width * Height;

    /// <summary>The geometry of a cluster's maps.</summary>
    public static FieldGeometry Of(MapSet maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        return new FieldGeometry
        {
            Width = maps.Width, Height = maps.Height, PixelR500 = maps.PixelR500, PixelArcsec = maps.PixelArcsec, Exposure = maps.Exposure, Background = maps.Background, Mask = maps.Mask,
            Counted = maps.MaskBeforeHoles,
        };
    }

    /// <summary>Throws when a map's length or content does not fit.</summary>
    /// <exception cref="ArgumentException">A map has another number of pixels, an allowed pixel has no exposure, or a background is negative.</exception>
    public void Validate()
    {
        foreach (var (name, length) in new[] { ("exposure", Exposure.Length), ("background", Background.Length), ("mask", Mask.Length), ("counted mask", Counted?.Length ?? PixelCount) })
            if (length != PixelCount) throw new ArgumentException($"the {name} map has {length} pixels, expected {Width} x {Height} = {PixelCount}");
        for (var i = 0; i < PixelCount; i++)
        {
            if (Mask[i] && Counted is { } counted && !counted[i]) throw new ArgumentException($"pixel ({i % Width}, {i / Width}) is allowed by the mask but has no counts: expected the counted pixels to hold those of the mask");
            if ((Counted ?? Mask)[i] && !(Exposure[i] > 0)) throw new ArgumentException($"pixel ({i % Width}, {i / Width}) is allowed by the mask but has exposure {Exposure[i]}: expected above 0; mask it");
            if (!(Background[i] >= 0) || !double.IsFinite(Background[i])) throw new ArgumentException($"pixel ({i % Width}, {i / Width}) has background {Background[i]}: expected finite and not negative");
        }
    }
}
