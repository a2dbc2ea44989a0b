namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// What a pyramid does along one axis, as matrices in float64 whose sides are padded for <see cref="MatrixProduct"/>: from these follow blurred masks, weights and
/// the expected noise.
/// </summary>
internal sealed class PyramidAxis
{
    private const int Nodes = 10;
    private readonly int pixels;
    private readonly Dictionary<int, (int Cells, double[] Matrix)> levels = [];

    /// <param name="pixels">Pixels of the image along this axis.</param>
    /// <param name="grids">The levels, from 0.</param>
    /// <param name="cells">Cells of a level along this axis.</param>
    public PyramidAxis(int pixels, IReadOnlyList<PyramidGrid> grids, Func<PyramidGrid, int> cells)
    {
        this.pixels = pixels;
        var matrix = new double[Rows(pixels) * Rows(pixels)];
        for (var i = 0; i < pixels; i++) matrix[i * Rows(pixels) + i] = 1;
        levels[0] = (pixels, matrix);
        foreach (var grid in grids.Skip(1)) levels[grid.Level] = (cells(grid), Halved(grid, cells(grid)));
    }

    /// <summary>A padded length.</summary>
    public static int Rows(int cells) => MatrixProduct.Stride(cells);

    /// <summary>From pixels to the blurred cells of a level, [cells, pixels].</summary>
    public GaussianKernels.KernelPair Across(int level, ShortKernel kernel) => new(Blurred(level, kernel.G), Blurred(level, kernel.D));

    /// <summary>The same transposed, [pixels, cells].</summary>
    public GaussianKernels.KernelPair Along(int level, ShortKernel kernel)
    {
        var across = Across(level, kernel);
        return new(Transposed(level, across.G), Transposed(level, across.D));
    }

    /// <summary>Lagrange's interpolation through ten cells of a level: [cells, pixels], the weight that a cell has in the value at a pixel.</summary>
    public double[] Interpolation(PyramidGrid grid)
    {
        var (cells, _) = levels[grid.Level];
        var matrix = new double[Rows(cells) * Rows(pixels)];
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            var position = (double)pixel / grid.Factor;
            var first = (int)position - Nodes / 2 + 1;
            for (var node = first; node < first + Nodes; node++)
                if (Lagrange(position, first, node) is var weight and not 0) matrix[(node + grid.Margin) * Rows(pixels) + pixel] = weight;
        }
        return matrix;
    }

    /// <summary>[cells, pixels] to [pixels, cells].</summary>
    public double[] Transposed(int level, double[] matrix)
    {
        var (rows, columns) = (Rows(levels[level].Cells), Rows(pixels));
        var transposed = new double[matrix.Length];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++) transposed[column * rows + row] = matrix[row * columns + column];
        return transposed;
    }

    private double[] Blurred(int level, double[] kernel)
    {
        var (cells, matrix) = levels[level];
        return Product(kernel, cells, cell => cell, matrix, cells);
    }

    private double[] Halved(PyramidGrid grid, int cells)
    {
        var (finer, matrix) = levels[grid.Level - 1];
        return Product(grid.Halving!.G, cells, grid.Finer, matrix, finer);
    }

    // Row i is the sum of the rows about centre(i) of a matrix, each times the even kernel.
    private double[] Product(double[] kernel, int cells, Func<int, int> centre, double[] matrix, int rows)
    {
        var stride = Rows(pixels);
        var product = new double[Rows(cells) * stride];
        (int From, int To)[] occupied = [.. Enumerable.Range(0, rows).Select(row => Occupied(matrix.AsSpan(row * stride, pixels)))];
        for (var cell = 0; cell < cells; cell++)
        {
            var middle = centre(cell);
            for (var row = Math.Max(0, middle - kernel.Length + 1); row <= Math.Min(rows - 1, middle + kernel.Length - 1); row++)
            {
                var tap = kernel[Math.Abs(row - middle)];
                for (var pixel = occupied[row].From; pixel < occupied[row].To; pixel++) product[cell * stride + pixel] += tap * matrix[row * stride + pixel];
            }
        }
        return product;
    }

    private static (int From, int To) Occupied(ReadOnlySpan<double> row) => row.IndexOfAnyExcept(0.0) is >= 0 and var first ? (first, row.LastIndexOfAnyExcept(0.0) + 1) : (0, 0);

    private static double Lagrange(double position, int first, int node)
    {
        var weight = 1.0;
        for (var other = first; other < first + Nodes; other++)
            if (other != node) weight *= (position - other) / (node - other);
        return weight;
    }
}
