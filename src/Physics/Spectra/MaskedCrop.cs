namespace ClusterSurvey.Physics.Spectra;

/// <summary>The part of images that a mask lets through, cut to the mask's box.</summary>
internal sealed class MaskedCrop
{
    private readonly int imageWidth, pixelCount;
    private readonly bool[] inside;

    /// <param name="mask">M, row by row.</param>
    /// <param name="width">Pixels along x of the images.</param>
    public MaskedCrop(ReadOnlySpan<bool> mask, int width)
    {
        (imageWidth, pixelCount, Box) = (width, mask.Length, PixelBox.Of(mask, width));
        inside = new bool[Box.Width * Box.Height];
        for (var y = 0; y < Box.Height; y++) mask.Slice((Box.Top + y) * width + Box.Left, Box.Width).CopyTo(inside.AsSpan(y * Box.Width));
    }

    /// <summary>The box.</summary>
    public PixelBox Box { get; }

    /// <summary>
    /// Fills a pyramid with the image less its mean, over its rms about the mean: the filter takes no notice of a constant, and float32 keeps its digits for the rest.
    /// </summary>
    /// <returns>The rms, by which what is measured of the pyramid is to be multiplied.</returns>
    public double Fill(ReadOnlySpan<double> image, PyramidImage pyramid)
    {
        if (image.Length != pixelCount) throw new ArgumentException($"the image has {image.Length} pixels, the filter's mask {pixelCount}", nameof(image));
        var (mean, rms) = Moments(image);
        var factor = rms > 0 ? 1 / rms : 0;
        for (var y = 0; y < Box.Height; y++)
        {
            ReadOnlySpan<double> from = Row(image, y);
            ReadOnlySpan<bool> allowed = inside.AsSpan(y * Box.Width, Box.Width);
            var to = pyramid.Pixels(y);
            for (var x = 0; x < to.Length; x++) to[x] = allowed[x] ? (float)((from[x] - mean) * factor) : 0;
        }
        return rms;
    }

    /// <summary>The mask, padded.</summary>
    public bool[] Padded(int columns, int rows)
    {
        var padded = new bool[columns * rows];
        for (var y = 0; y < Box.Height; y++) inside.AsSpan(y * Box.Width, Box.Width).CopyTo(padded.AsSpan(y * columns));
        return padded;
    }

    /// <summary>A map inside the mask, 0 outside, padded.</summary>
    public double[] Padded(ReadOnlySpan<double> map, int columns, int rows)
    {
        if (map.Length != pixelCount) throw new ArgumentException($"the map has {map.Length} pixels, the filter's mask {pixelCount}", nameof(map));
        var padded = new double[columns * rows];
        for (var y = 0; y < Box.Height; y++)
        {
            var row = Row(map, y);
            for (var x = 0; x < row.Length; x++) padded[y * columns + x] = inside[y * Box.Width + x] ? row[x] : 0;
        }
        return padded;
    }

    private ReadOnlySpan<double> Row(ReadOnlySpan<double> map, int y) => map.Slice((Box.Top + y) * imageWidth + Box.Left, Box.Width);

    private (double Mean, double Rms) Moments(ReadOnlySpan<double> image)
    {
        double sum = 0, squares = 0;
        var count = 0;
        for (var y = 0; y < Box.Height; y++)
        {
            ReadOnlySpan<double> row = Row(image, y);
            ReadOnlySpan<bool> allowed = inside.AsSpan(y * Box.Width, Box.Width);
            for (var x = 0; x < row.Length; x++)
            {
                if (!allowed[x]) continue;
                sum += row[x];
                squares += row[x] * row[x];
                count++;
            }
        }
        var mean = sum / count;
        return (mean, Math.Sqrt(Math.Max(0, squares / count - mean * mean)));
    }
}
