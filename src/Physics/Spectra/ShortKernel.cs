namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// A one-dimensional Gaussian blur G and D = dG/d ln sigma, cut off where the rest no longer counts. What was cut is made good in the
/// moments: sum G = 1, sum x^2 G = sigma^2, sum D = 0 and sum x^2 D = 2 sigma^2, so that long waves are filtered as by the whole kernel.
/// </summary>
internal sealed class ShortKernel
{
    /// <summary>A kernel reaches this many times sigma at least.</summary>
    private const double LeastReach = 4.9;

    private ShortKernel(double[] g, double[] d) => (G, D) = (g, d);

    /// <summary>G at distances from 0; it is even.</summary>
    public double[] G { get; }

    /// <summary>D at distances from 0; it is even.</summary>
    public double[] D { get; }

    /// <summary>The greatest distance.</summary>
    public int Radius => G.Length - 1;

    /// <summary>
    /// The blur that remains of one of width <paramref name="sigma"/> when a blur has been made already, and the derivative of the whole by
    /// its own ln sigma; in pixels.
    /// </summary>
    /// <param name="sigma">Width of the whole blur.</param>
    /// <param name="before">Width of the blur already made, 0 for none.</param>
    /// <param name="tolerance">
    /// The part of the sum of x^2 D^2 that may be cut off. A kernel narrower than about a pixel rings with the grid's shortest wave and falls as 1/x^2 only: beside the edge of
    /// a mask a gradient then counts as far as the kernel goes.
    /// </param>
    public static ShortKernel Of(double sigma, double before, double tolerance)
    {
        var remaining = Math.Sqrt(sigma * sigma - before * before);
        double[] g = new double[200 + (int)Math.Ceiling(8 * remaining)], d = new double[g.Length];
        GaussianKernels.Sample(remaining, 4 * g.Length, g, d);
        for (var i = 0; i < d.Length; i++) d[i] *= sigma * sigma / (remaining * remaining);
        var radius = Math.Max((int)Math.Ceiling(LeastReach * remaining), Reach(d, tolerance));
        return new ShortKernel(Cut(g, radius, 1, remaining * remaining), Cut(d, radius, 0, 2 * sigma * sigma));
    }

    /// <summary>The same without what lies beyond a distance that never occurs.</summary>
    public ShortKernel Within(int distance) => distance >= Radius ? this : new ShortKernel(G[..(distance + 1)], D[..(distance + 1)]);

    private static int Reach(double[] kernel, double tolerance)
    {
        double Weight(int x) => (double)x * x * kernel[x] * kernel[x];
        var radius = kernel.Length - 1;
        var allowed = tolerance * Enumerable.Range(0, kernel.Length).Sum(Weight);
        for (var rest = Weight(radius); rest < allowed && radius > 1; rest += Weight(radius)) radius--;
        return radius;
    }

    // The least change, in the sum of its squares, that gives the wanted sum and second moment is a + b x^2. Half of the last value is kept: of what rings, about half is left to come.
    private static double[] Cut(double[] kernel, int radius, double sum, double secondMoment)
    {
        var cut = kernel[..(radius + 1)];
        cut[radius] /= 2;
        var (count, squares, fourths) = (Moment(radius, x => 1), Moment(radius, x => x * x), Moment(radius, x => x * x * x * x));
        var (noSum, noMoment) = (sum - Moment(radius, x => cut[(int)x]), secondMoment - Moment(radius, x => x * x * cut[(int)x]));
        var determinant = count * fourths - squares * squares;
        var a = (noSum * fourths - noMoment * squares) / determinant;
        var b = (noMoment * count - noSum * squares) / determinant;
        for (var x = 0; x <= radius; x++) cut[x] += a + b * x * x;
        return cut;
    }

    private static double Moment(int radius, Func<double, double> value) => value(0) + 2 * Enumerable.Range(1, radius).Sum(x => value(x));
}
