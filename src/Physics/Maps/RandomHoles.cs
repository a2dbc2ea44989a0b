using ClusterSurvey.Foundation;

namespace ClusterSurvey.Physics.Maps;

/// <summary>Round holes at random places of a map: what masks do to spectra, and what they should not.</summary>
public static class RandomHoles
{
    /// <summary>Cuts one hole after the other out of a mask, until they have covered their part of some pixels.</summary>
    /// <param name="stream">Where the centres come from.</param>
    /// <param name="size">Pixels along x and y.</param>
    /// <param name="radius">Radius of a hole in pixels.</param>
    /// <param name="fraction">Part of the counted pixels that the holes cover, 0 to below 1.</param>
    /// <param name="counted">The pixels that are counted, row by row.</param>
    /// <param name="mask">Becomes false in the holes.</param>
    /// <returns>Centres of the holes in pixels, 0 at the centre of the first pixel; holes that cover no counted pixel are none.</returns>
    /// <exception cref="ArgumentException">The fraction or the radius is out of range, or no pixel is counted.</exception>
    public static IReadOnlyList<(double X, double Y)> Cut(RandomStream stream, (int Width, int Height) size, double radius, double fraction, ReadOnlySpan<bool> counted, Span<bool> mask)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!(fraction is >= 0 and < 1)) throw new ArgumentException($"hole fraction: found {fraction}, expected 0 to below 1", nameof(fraction));
        if (fraction > 0 && !(radius >= 0.01)) throw new ArgumentException($"holes of {radius} pixels: they would miss every pixel's centre", nameof(radius));
        var wanted = fraction * counted.Count(true);
        var covered = new bool[mask.Length];
        var holes = new List<(double X, double Y)>();
        for (var count = 0; count < wanted;)
        {
            var hole = (X: stream.NextUniform(0, size.Width) - 0.5, Y: stream.NextUniform(0, size.Height) - 0.5);
            var before = count;
            foreach (var pixel in PixelsIn(hole, size, radius))
            {
                if (!counted[pixel] || covered[pixel]) continue;
                (covered[pixel], mask[pixel]) = (true, false);
                count++;
            }
            if (count > before) holes.Add(hole);
        }
        return holes;
    }

    private static List<int> PixelsIn((double X, double Y) hole, (int Width, int Height) size, double radius)
    {
        var pixels = new List<int>();
        for (var y = Math.Max(0, (int)(hole.Y - radius)); y <= Math.Min(size.Height - 1, (int)(hole.Y + radius + 1)); y++)
            for (var x = Math.Max(0, (int)(hole.X - radius)); x <= Math.Min(size.Width - 1, (int)(hole.X + radius + 1)); x++)
                if ((x - hole.X) * (x - hole.X) + (y - hole.Y) * (y - hole.Y) <= radius * radius) pixels.Add(y * size.Width + x);
        return pixels;
    }
}
