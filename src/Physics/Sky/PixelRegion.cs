namespace ClusterSurvey.Physics.Sky;

/// <summary>
/// A shape in the pixels of one image. A pixel belongs to it when the pixel's centre does. Only
/// <see cref="SkyRegion.ToPixel"/> makes one from a shape on the sky.
/// </summary>
public abstract record PixelRegion
{
    /// <summary>The smallest upright rectangle around the shape.</summary>
    public abstract PixelBounds Bounds { get; }

    /// <summary>Whether a point lies in the shape; edges count as inside, but for the far edges of polygons.</summary>
    public abstract bool Contains(PixelPosition point);

    /// <summary>Sets the pixels of the shape in a map, and leaves the others.</summary>
    /// <param name="map">One value per pixel, row by row.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="value">What the pixels of the shape become.</param>
    /// <exception cref="ArgumentException">The map has not width x height pixels.</exception>
    public void Paint(Span<bool> map, int width, int height, bool value)
    {
        if (map.Length != (long)width * height) throw new ArgumentException($"the map has {map.Length} pixels, expected {width} x {height}", nameof(map));
        var bounds = Bounds;
        // A margin of a millionth of a pixel keeps edge pixels that rounding would lose; Contains decides on each.
        int firstX = ToIndex(Math.Ceiling(bounds.MinX - 1e-6), width), lastX = ToIndex(Math.Floor(bounds.MaxX + 1e-6) + 1, width);
        int firstY = ToIndex(Math.Ceiling(bounds.MinY - 1e-6), height), lastY = ToIndex(Math.Floor(bounds.MaxY + 1e-6) + 1, height);
        for (var y = firstY; y < lastY; y++)
            for (var x = firstX; x < lastX; x++)
                if (Contains(new(x, y))) map[y * width + x] = value;
    }

    private static int ToIndex(double edge, int limit) => (int)Math.Clamp(edge, 0, limit);
}
