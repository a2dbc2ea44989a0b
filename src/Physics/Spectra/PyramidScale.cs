namespace ClusterSurvey.Physics.Spectra;

/// <summary>The masked filter at one scale on one level of a pyramid.</summary>
internal sealed class PyramidScale
{
    private readonly PyramidGrid grid;
    private readonly ShortKernel kernel;
    private readonly PyramidWeights weights;
    private readonly float[] ratio, inverse;

    public PyramidScale(PyramidGrid grid, ShortKernel kernel, PyramidWeights weights, LimitFilter filter)
    {
        (this.grid, this.kernel, this.weights) = (grid, kernel, weights);
        ratio = weights.Laid(filter.Ratio);
        inverse = weights.Laid(filter.Inverse);
    }

    /// <summary>The mean of F^2 in every region.</summary>
    public void Measure(PyramidImage image, Span<double> means)
    {
        means.Clear();
        if (kernel.Tail is not null) image.MakeRowTails(kernel.Tail);
        for (var strip = 0; strip < grid.Columns; strip += PyramidStrip.MostColumns) Measure(image.Blurred(grid, kernel, strip), image.Row, means);
    }

    private void Measure(PyramidStrip strip, Span<float> scratch, Span<double> means)
    {
        for (var y = 0; y < grid.Height; y++)
        {
            var (from, to) = strip.Shared(weights.Span(y));
            if (from >= to) continue;
            var squares = scratch[..(to - from)];
            strip.Squares(kernel, y, from, weights.Part(ratio, y, from, to), weights.Part(inverse, y, from, to), squares);
            for (var region = 0; region < means.Length; region++)
            {
                var (first, last) = strip.Shared(weights.Span(region, y));
                if (first < last) means[region] += LaneBlur.Dot(squares[(first - from)..(last - from)], weights.Row(region, y, first, last));
            }
        }
    }
}
