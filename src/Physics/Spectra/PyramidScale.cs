namespace ClusterSurvey.Physics.Spectra;

/// <summary>The masked filter at one scale on one level of a pyramid.</summary>
internal sealed class PyramidScale
{
    /// <summary>Columns taken at a time: with the rows about one they stay in the nearest cache.</summary>
    private const int StripColumns = 64;

    private readonly PyramidGrid grid;
    private readonly PyramidWeights weights;
    private readonly float[] g, d, ratio, inverse;

    public PyramidScale(PyramidGrid grid, ShortKernel kernel, PyramidWeights weights, LimitFilter filter)
    {
        (this.grid, this.weights) = (grid, weights);
        g = Array.ConvertAll(kernel.G, tap => (float)tap);
        d = Array.ConvertAll(kernel.D, tap => (float)tap);
        ratio = weights.Laid(filter.Ratio);
        inverse = weights.Laid(filter.Inverse);
    }

    /// <summary>The mean of F^2 in every region.</summary>
    public void Measure(PyramidImage image, Span<double> means)
    {
        image.BlurRows(grid, g, d);
        ReadOnlySpan<float> blurredG = image.BlurredG(grid), blurredD = image.BlurredD(grid);
        means.Clear();
        for (var strip = 0; strip < grid.Columns; strip += StripColumns)
            for (var y = 0; y < grid.Height; y++)
                AddRow(blurredG, blurredD, y, strip, image.Row, means);
    }

    private void AddRow(ReadOnlySpan<float> blurredG, ReadOnlySpan<float> blurredD, int y, int strip, Span<float> scratch, Span<double> means)
    {
        var (from, to) = weights.Span(y);
        (from, to) = (Math.Max(from, strip), Math.Min(to, strip + StripColumns));
        if (from >= to) return;
        var squares = scratch[..(to - from)];
        LaneBlur.Squares(blurredG, blurredD, grid.Stride, y, from, g, d, ratio, inverse, squares);
        for (var region = 0; region < means.Length; region++) means[region] += LaneBlur.Dot(squares, weights.Row(region, y, from, to));
    }
}
