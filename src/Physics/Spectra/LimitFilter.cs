namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// The limit of small epsilon: with A = G*IM, B = G*M and primes for d/d ln sigma,
/// <c>F/epsilon = -(A/B)' = (A B'/B - A')/B</c>, where the 2-D derivative is <c>Dy.I.Gx + Gy.I.Dx</c>. The response lives on cells that may be
/// other than the image's pixels.
/// </summary>
internal sealed class LimitFilter : ScaleFilter
{
    private readonly GaussianKernels.KernelPair along, across;
    private readonly int columns, rows;

    /// <summary>A filter whose cells are the image's pixels, wanted inside the mask.</summary>
    public LimitFilter(GaussianKernels.KernelPair along, GaussianKernels.KernelPair across, bool[] mask, int width, int height)
        : this(along, across, mask, width, height, mask, width, height)
    {
    }

    /// <summary>A filter from pixels to cells.</summary>
    /// <param name="along">From the pixels of a row to its cells, [width, columns].</param>
    /// <param name="across">From the pixels of a column to its cells, [rows, height].</param>
    /// <param name="mask">M, [height, width].</param>
    /// <param name="width">Pixels along x, padded.</param>
    /// <param name="height">Pixels along y, padded.</param>
    /// <param name="wanted">Cells whose response is wanted, [rows, columns]; elsewhere it is 0.</param>
    /// <param name="columns">Cells along x, padded.</param>
    /// <param name="rows">Cells along y, padded.</param>
    public LimitFilter(GaussianKernels.KernelPair along, GaussianKernels.KernelPair across, bool[] mask, int width, int height, bool[] wanted, int columns, int rows)
    {
        (this.along, this.across, this.columns, this.rows) = (along, across, columns, rows);
        Inverse = new double[rows * columns];
        Ratio = new double[rows * columns];
        double[] numbers = Numbers(mask), derivative = new double[Ratio.Length], scratch = new double[height * columns];
        Blur(across.G, numbers, along.G, Inverse, scratch, width, height);
        Blur(across.D, numbers, along.G, derivative, scratch, width, height);
        Blur(across.G, numbers, along.D, derivative, scratch, width, height, add: true);
        for (var i = 0; i < wanted.Length; i++)
        {
            Ratio[i] = wanted[i] ? derivative[i] / Inverse[i] : 0;
            Inverse[i] = wanted[i] ? 1 / Inverse[i] : 0;
        }
    }

    /// <summary>1/B where the response is wanted, else 0.</summary>
    public double[] Inverse { get; }

    /// <summary>B'/B where the response is wanted, else 0.</summary>
    public double[] Ratio { get; }

    public override void Apply(double[] image, double[] response, double[] first, double[] second, int width, int height)
    {
        MatrixProduct.Multiply(image, along.D, first, height, width, columns);
        MatrixProduct.Multiply(across.G, first, response, rows, height, columns);
        MatrixProduct.Multiply(image, along.G, first, height, width, columns);
        MatrixProduct.Multiply(across.D, first, response, rows, height, columns, add: true);
        MatrixProduct.Multiply(across.G, first, second, rows, height, columns);
        for (var i = 0; i < response.Length; i++) response[i] = (second[i] * Ratio[i] - response[i]) * Inverse[i];
    }

    // F_p = sum_q (G_pq R_p - D_pq) I_q / B_p, and squares of separable kernels are sums of separable kernels.
    public override double[] ExpectedSquare(double[] variance, int width, int height)
    {
        double[] gg = new double[Ratio.Length], gd = new double[gg.Length], dd = new double[gg.Length], scratch = new double[height * columns];
        double[] ggX = Squared(along.G, along.G), gdX = Squared(along.G, along.D), ddX = Squared(along.D, along.D);
        double[] ggY = Squared(across.G, across.G), gdY = Squared(across.G, across.D), ddY = Squared(across.D, across.D);
        Blur(ggY, variance, ggX, gg, scratch, width, height);
        Blur(gdY, variance, ggX, gd, scratch, width, height);
        Blur(ggY, variance, gdX, gd, scratch, width, height, add: true);
        Blur(gdY, variance, gdX, dd, scratch, width, height);
        for (var i = 0; i < dd.Length; i++) dd[i] *= 2;
        Blur(ddY, variance, ggX, dd, scratch, width, height, add: true);
        Blur(ggY, variance, ddX, dd, scratch, width, height, add: true);
        for (var i = 0; i < dd.Length; i++) dd[i] = (dd[i] - 2 * Ratio[i] * gd[i] + Ratio[i] * Ratio[i] * gg[i]) * Inverse[i] * Inverse[i];
        return dd;
    }

    private void Blur(double[] across, double[] image, double[] along, double[] target, double[] scratch, int width, int height, bool add = false) =>
        Blur(across, image, along, target, scratch, width, height, columns, rows, add);

    private static double[] Squared(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x * y)];
}
