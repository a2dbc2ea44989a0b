namespace ClusterSurvey.Physics.Spectra;

/// <summary>The smallest rectangle of pixels that holds a mask.</summary>
internal readonly record struct PixelBox(int Left, int Top, int Width, int Height)
{
    /// <summary>The box of the true pixels of a mask.</summary>
    /// <exception cref="ArgumentException">No pixel is true.</exception>
    public static PixelBox Of(ReadOnlySpan<bool> mask, int width)
    {
        int left = int.MaxValue, right = -1, top = -1, bottom = -1;
        for (var i = 0; i < mask.Length; i++)
        {
            if (!mask[i]) continue;
            var (y, x) = (i / width, i % width);
            if (top < 0) top = y;
            bottom = y;
            left = Math.Min(left, x);
            right = Math.Max(right, x);
        }
        if (right < 0) throw new ArgumentException("the mask allows no pixel: nothing can be filtered", nameof(mask));
        return new PixelBox(left, top, right - left + 1, bottom - top + 1);
    }
}
