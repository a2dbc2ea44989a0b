namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// Weights on the cells of a level with which a sum over cells is the mean over the pixels of a region, of what varies slowly from cell to cell: the interpolation of
/// <see cref="PyramidAxis"/>, applied backwards to the region. They sum to 1.
/// </summary>
internal sealed class PyramidWeights
{
    private readonly PyramidGrid grid;
    private readonly float[][] regions;
    private readonly (int From, int To)[] spans;
    private readonly (int From, int To)[][] regionSpans;

    /// <param name="grid">The level.</param>
    /// <param name="axes">Its axes.</param>
    /// <param name="regionPixels">The pixels of each region, [padded height, padded width].</param>
    public PyramidWeights(PyramidGrid grid, (PyramidAxis X, PyramidAxis Y) axes, IReadOnlyList<double[]> regionPixels)
    {
        this.grid = grid;
        (Columns, Rows) = (PyramidAxis.Rows(grid.Width), PyramidAxis.Rows(grid.Height));
        Exact = [.. regionPixels.Select(pixels => Means(axes, pixels))];
        regions = [.. Exact.Select(Laid)];
        Wanted = new bool[Rows * Columns];
        for (var i = 0; i < Wanted.Length; i++) Wanted[i] = Exact.Any(weights => weights[i] != 0);
        spans = [.. Enumerable.Range(0, grid.Height).Select(y => Occupied(y, Wanted))];
        regionSpans = [.. Exact.Select(weights => (bool[])[.. weights.Select(weight => weight != 0)]).Select(used => Enumerable.Range(0, grid.Height).Select(y => Occupied(y, used)).ToArray())];
    }

    /// <summary>Cells along x, padded for <see cref="MatrixProduct"/>.</summary>
    public int Columns { get; }

    /// <summary>Cells along y, likewise.</summary>
    public int Rows { get; }

    /// <summary>Cells with a weight in any region, [rows, columns].</summary>
    public bool[] Wanted { get; }

    /// <summary>The weights of each region in float64, [rows, columns].</summary>
    public double[][] Exact { get; }

    /// <summary>The columns of a row, in whole blocks, outside which there is no weight.</summary>
    public (int From, int To) Span(int y) => spans[y];

    /// <summary>The same for one region alone.</summary>
    public (int From, int To) Span(int region, int y) => regionSpans[region][y];

    /// <summary>Part of a row of a map as <see cref="Laid"/> makes it.</summary>
    public ReadOnlySpan<float> Part(float[] laid, int y, int from, int to) => laid.AsSpan(y * grid.Columns + from, to - from);

    /// <summary>The weights of a region in a part of a row.</summary>
    public ReadOnlySpan<float> Row(int region, int y, int from, int to) => Part(regions[region], y, from, to);

    /// <summary>A map [rows, columns] in float32 as the lanes want it, [height, columns] of the grid.</summary>
    public float[] Laid(double[] map)
    {
        var laid = new float[grid.Height * grid.Columns];
        for (var y = 0; y < grid.Height; y++)
            for (var x = 0; x < grid.Width; x++) laid[y * grid.Columns + x] = (float)map[y * Columns + x];
        return laid;
    }

    private double[] Means((PyramidAxis X, PyramidAxis Y) axes, double[] pixels)
    {
        double[] across = axes.Y.Interpolation(grid), along = axes.X.Transposed(grid.Level, axes.X.Interpolation(grid));
        var (height, width) = (across.Length / Rows, along.Length / Columns);
        double[] half = new double[height * Columns], weights = new double[Rows * Columns];
        MatrixProduct.Multiply(pixels, along, half, height, width, Columns);
        MatrixProduct.Multiply(across, half, weights, Rows, height, Columns);
        var sum = pixels.Sum();
        for (var i = 0; i < weights.Length; i++) weights[i] /= sum;
        return weights;
    }

    private (int From, int To) Occupied(int y, bool[] used)
    {
        var row = used.AsSpan(y * Columns, Columns);
        var (first, last) = (row.IndexOf(true), row.LastIndexOf(true));
        return first < 0 ? (0, 0) : (first / LaneBlur.Block * LaneBlur.Block, LaneBlur.Padded(last + 1));
    }
}
