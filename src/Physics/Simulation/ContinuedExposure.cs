namespace ClusterSurvey.Physics.Simulation;

/// <summary>An exposure map continued into the pixels that have none, ring by ring from their edge inwards: each takes the mean of its neighbours that have
/// one already.</summary>
internal static class ContinuedExposure
{
    /// <exception cref="ArgumentException">No pixel has an exposure.</exception>
    public static double[] Of(ReadOnlySpan<double> exposure, int width, int height)
    {
        double[] continued = [.. exposure];
        var missing = Enumerable.Range(0, continued.Length).Where(i => !(continued[i] > 0)).ToList();
        if (missing.Count == continued.Length) throw new ArgumentException("no pixel has an exposure");
        while (missing.Count > 0)
        {
            var ring = missing.Select(pixel => (Pixel: pixel, Value: MeanOfNeighbours(continued, width, height, pixel))).Where(entry => entry.Value > 0).ToList();
            foreach (var (pixel, value) in ring) continued[pixel] = value;
            missing.RemoveAll(pixel => continued[pixel] > 0);
        }
        return continued;
    }

    private static double MeanOfNeighbours(double[] map, int width, int height, int pixel)
    {
        var (x, y) = (pixel % width, pixel / width);
        var (sum, count) = (0.0, 0);
        for (var row = Math.Max(0, y - 1); row <= Math.Min(height - 1, y + 1); row++)
            for (var column = Math.Max(0, x - 1); column <= Math.Min(width - 1, x + 1); column++)
            {
                if (!(map[row * width + column] > 0)) continue;
                sum += map[row * width + column];
                count++;
            }
        return count == 0 ? 0 : sum / count;
    }
}
