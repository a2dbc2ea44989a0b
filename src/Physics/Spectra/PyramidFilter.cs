using System.Collections.Concurrent;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// The masked filter in the limit of small epsilon with short kernels, in float32, on an image pyramid: a scale is measured on the coarsest level whose cells
/// are at most a part of its Gaussian's width apart. Image and mask go the same way, so that a flat image has no power. The power of any image agrees with that of
/// <see cref="MexicanHatFilter"/> to one part in a thousand (docs/adr/0010).
/// </summary>
internal sealed class PyramidFilter : IRegionFilter
{
    /// <summary>Cells in the sigma of a Gaussian, at least.</summary>
    private const double CellsPerSigma = 2.75;

    /// <summary>Cells along the longer side of the mask, at least: less are not worth halving.</summary>
    private const int FewestCells = 32;

    private readonly double[] scales;
    private readonly int regionCount, reach, rows, columns;
    private readonly MaskedCrop crop;
    private readonly PyramidGrid[] grids;
    private readonly PyramidScale[] filters;
    private readonly (PyramidGrid Grid, ShortKernel Kernel)[] kernels;
    private readonly (PyramidAxis X, PyramidAxis Y) axes;
    private readonly Lazy<PyramidWeights>[] weights;
    private readonly ConcurrentBag<PyramidImage> spare = [];

    /// <param name="width">Pixels along x of the images to come.</param>
    /// <param name="pixelSize">Side of a pixel, in the unit of the scales.</param>
    /// <param name="mask">M, row by row.</param>
    /// <param name="scales">s, each above 0.</param>
    /// <param name="regions">Pixels to average over; those outside the mask do not count.</param>
    public PyramidFilter(int width, double pixelSize, ReadOnlySpan<bool> mask, ReadOnlySpan<double> scales, IReadOnlyList<bool[]> regions)
    {
        this.scales = scales.ToArray();
        regionCount = regions.Count;
        crop = new MaskedCrop(mask, width);
        (columns, rows) = (PyramidAxis.Rows(crop.Box.Width), PyramidAxis.Rows(crop.Box.Height));
        double[] sigmas = [.. this.scales.Select(scale => scale / (Math.Sqrt(2) * Math.PI * pixelSize))];
        grids = [.. Enumerable.Range(0, 1 + sigmas.Max(LevelOf)).Select(level => new PyramidGrid(level, crop.Box.Width, crop.Box.Height))];
        axes = (new PyramidAxis(crop.Box.Width, grids, grid => grid.Width), new PyramidAxis(crop.Box.Height, grids, grid => grid.Height));
        double[][] pixels = [.. regions.Select(region => crop.Padded([.. region.Select(inside => inside ? 1.0 : 0)], columns, rows))];
        weights = [.. grids.Select(grid => new Lazy<PyramidWeights>(() => new PyramidWeights(grid, axes, pixels)))];
        kernels = [.. sigmas.Select(Kernel)];
        reach = kernels.Max(kernel => kernel.Kernel.Radius);
        filters = [.. kernels.Select(kernel => new PyramidScale(kernel.Grid, kernel.Kernel, weights[kernel.Grid.Level].Value, InMatrices(kernel.Grid, kernel.Kernel)))];
    }

    /// <inheritdoc/>
    public void Measure(ReadOnlySpan<double> image, Span<double> power)
    {
        if (!spare.TryTake(out var pyramid)) pyramid = new PyramidImage(grids, reach, kernels.Any(kernel => kernel.Kernel.Tail is not null));
        var unit = crop.Fill(image, pyramid);
        pyramid.Prepare();
        Span<double> means = stackalloc double[regionCount];
        for (var scale = 0; scale < filters.Length; scale++)
        {
            filters[scale].Measure(pyramid, means);
            for (var region = 0; region < means.Length; region++) power[region * scales.Length + scale] = means[region] * unit * unit * PowerPerSquare(scale);
        }
        spare.Add(pyramid);
    }

    /// <inheritdoc/>
    public double[] ExpectedNoise(ReadOnlySpan<double> variance)
    {
        var padded = crop.Padded(variance, columns, rows);
        var power = new double[regionCount * scales.Length];
        for (var scale = 0; scale < scales.Length; scale++)
        {
            var (grid, kernel) = kernels[scale];
            var squares = InMatrices(grid, kernel).ExpectedSquare(padded, columns, rows);
            for (var region = 0; region < regionCount; region++)
                power[region * scales.Length + scale] = Sum(squares, weights[grid.Level].Value.Exact[region]) * PowerPerSquare(scale);
        }
        return power;
    }

    private int LevelOf(double sigma)
    {
        var level = 0;
        while (sigma >= CellsPerSigma * (2 << level) && Math.Max(crop.Box.Width, crop.Box.Height) >= FewestCells * (2 << level)) level++;
        return level;
    }

    private (PyramidGrid Grid, ShortKernel Kernel) Kernel(double sigma)
    {
        var grid = grids[LevelOf(sigma)];
        return (grid, ShortKernel.Of(sigma / grid.Factor, grid.Blurred / grid.Factor, Math.Max(grid.Width, grid.Height)));
    }

    // The same filter as matrices in float64.
    private LimitFilter InMatrices(PyramidGrid grid, ShortKernel kernel)
    {
        var cells = weights[grid.Level].Value;
        return new LimitFilter(axes.X.Along(grid.Level, kernel), axes.Y.Across(grid.Level, kernel), crop.Padded(columns, rows), columns, rows, cells.Wanted, cells.Columns, cells.Rows);
    }

    private double PowerPerSquare(int scale) => scales[scale] * scales[scale] / Math.PI;

    private static double Sum(double[] squares, double[] weights)
    {
        var sum = 0.0;
        for (var i = 0; i < squares.Length; i++) sum += squares[i] * weights[i];
        return sum;
    }
}
