namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// The limit of small epsilon: with A = G*IM, B = G*M and primes for d/d ln sigma,
/// <c>F/epsilon = -(A/B)' = (A B'/B - A')/B</c>, where the 2-D derivative is <c>Dy.I.Gx + Gy.I.Dx</c>.
/// </summary>
internal sealed class LimitFilter : ScaleFilter
{
    private readonly GaussianKernels.KernelPair along, across;
    private readonly double[] inverse, ratio;

    public LimitFilter(GaussianKernels.KernelPair along, GaussianKernels.KernelPair across, bool[] mask, int width, int height)
    {
        (this.along, this.across) = (along, across);
        inverse = new double[mask.Length];
        ratio = new double[mask.Length];
        double[] numbers = Numbers(mask), derivative = new double[mask.Length], scratch = new double[mask.Length];
        Blur(across.G, numbers, along.G, inverse, scratch, width, height);
        Blur(across.D, numbers, along.G, derivative, scratch, width, height);
        Blur(across.G, numbers, along.D, derivative, scratch, width, height, add: true);
        for (var i = 0; i < mask.Length; i++)
        {
            ratio[i] = mask[i] ? derivative[i] / inverse[i] : 0;
            inverse[i] = mask[i] ? 1 / inverse[i] : 0;
        }
    }

    public override void Apply(double[] image, double[] response, double[] first, double[] second, int width, int height)
    {
        MatrixProduct.Multiply(image, along.D, first, height, width, width);
        MatrixProduct.Multiply(across.G, first, response, height, height, width);
        MatrixProduct.Multiply(image, along.G, first, height, width, width);
        MatrixProduct.Multiply(across.D, first, response, height, height, width, add: true);
        MatrixProduct.Multiply(across.G, first, second, height, height, width);
        for (var i = 0; i < response.Length; i++) response[i] = (second[i] * ratio[i] - response[i]) * inverse[i];
    }

    // F_p = sum_q (G_pq R_p - D_pq) I_q / B_p, and squares of separable kernels are sums of separable kernels.
    public override double[] ExpectedSquare(double[] variance, int width, int height)
    {
        double[] gg = new double[variance.Length], gd = new double[variance.Length], dd = new double[variance.Length], scratch = new double[variance.Length];
        double[] ggX = Squared(along.G, along.G), gdX = Squared(along.G, along.D), ddX = Squared(along.D, along.D);
        double[] ggY = Squared(across.G, across.G), gdY = Squared(across.G, across.D), ddY = Squared(across.D, across.D);
        Blur(ggY, variance, ggX, gg, scratch, width, height);
        Blur(gdY, variance, ggX, gd, scratch, width, height);
        Blur(ggY, variance, gdX, gd, scratch, width, height, add: true);
        Blur(gdY, variance, gdX, dd, scratch, width, height);
        for (var i = 0; i < dd.Length; i++) dd[i] *= 2;
        Blur(ddY, variance, ggX, dd, scratch, width, height, add: true);
        Blur(ggY, variance, ddX, dd, scratch, width, height, add: true);
        for (var i = 0; i < dd.Length; i++) dd[i] = (dd[i] - 2 * ratio[i] * gd[i] + ratio[i] * ratio[i] * gg[i]) * inverse[i] * inverse[i];
        return dd;
    }

    private static double[] Squared(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x * y)];
}
