namespace ClusterSurvey.Physics.Spectra;

/// <summary>The scales at which spectra are measured.</summary>
public static class ScaleGrid
{
    /// <summary>A scale spans this many pixels at least: below, the pixel's shape and noise rule the filter.</summary>
    public const double SmallestScalePixels = 3;

    /// <summary>Scales in geometric progression, both ends included.</summary>
    /// <param name="shortest">The shortest, above 0.</param>
    /// <param name="longest">The longest, above the shortest (or equal, for a single scale).</param>
    /// <param name="count">How many, 1 or more.</param>
    public static double[] Geometric(double shortest, double longest, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (!(shortest > 0) || !(longest >= shortest) || !double.IsFinite(longest))
            throw new ArgumentException($"scales from {shortest} to {longest}: expected 0 < shortest <= longest", nameof(shortest));
        if (count == 1) return [shortest];
        var step = Math.Log(longest / shortest) / (count - 1);
        var scales = new double[count];
        for (var i = 0; i < count; i++) scales[i] = shortest * Math.Exp(i * step);
        scales[^1] = longest;
        return scales;
    }

    /// <summary>Whether pixels of this size resolve a scale (same unit): three pixels or more, to one part in 10^9.</summary>
    public static bool Resolves(double pixelSize, double scale) => scale >= SmallestScalePixels * pixelSize * (1 - 1e-9);

    /// <summary>Throws when a scale is not resolved.</summary>
    /// <exception cref="ArgumentException">Some scale spans fewer than three pixels.</exception>
    public static void RequireResolved(double pixelSize, ReadOnlySpan<double> scales)
    {
        foreach (var scale in scales)
            if (!Resolves(pixelSize, scale))
                throw new ArgumentException($"scale {scale:g4} spans {scale / pixelSize:f2} pixels of {pixelSize:g4}: expected {SmallestScalePixels} or more; drop it or use finer pixels", nameof(scales));
    }
}
