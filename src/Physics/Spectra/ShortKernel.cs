namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// A one-dimensional Gaussian blur G and D = dG/d ln sigma, cut off where the rest no longer counts. What was cut is made good in the
/// moments: sum G = 1, sum x^2 G = sigma^2, sum D = 0 and sum x^2 D = 2 sigma^2, so that long waves are filtered as by the whole kernel.
/// A kernel that rings is not cut: it has a few taps and a <see cref="RingingTail"/>.
/// </summary>
internal sealed class ShortKernel
{
    /// <summary>A kernel reaches this many times sigma at least.</summary>
    private const double LeastReach = 4.9;

    /// <summary>The part of the sum of x^2 D^2 that may be cut off: beside the edge of a mask a gradient counts as far as the kernel goes.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>Taps of a kernel that rings, at least, and how much longer than they an image must be for a tail.</summary>
    private const int LeastTaps = 8, LeastTail = 24;

    private ShortKernel(double[] g, double[] d, int taps, RingingTail? tail)
    {
        (G, D, Tail) = (g, d, tail);
        (TapsG, TapsD) = (Taps(g, taps, tail is null ? null : tail.G), Taps(d, taps, tail is null ? null : tail.D));
    }

    /// <summary>G at distances from 0, with its tail; it is even.</summary>
    public double[] G { get; }

    /// <summary>D at distances from 0, with its tail; it is even.</summary>
    public double[] D { get; }

    /// <summary>G at distances from 0, without its tail.</summary>
    public float[] TapsG { get; }

    /// <summary>D at distances from 0, without its tail.</summary>
    public float[] TapsD { get; }

    /// <summary>What is to be added to the taps, null where there is nothing.</summary>
    public RingingTail? Tail { get; }

    /// <summary>The greatest distance of a tap.</summary>
    public int Radius => TapsG.Length - 1;

    /// <summary>
    /// The blur that remains of one of width <paramref name="sigma"/> when a blur has been made already, and the derivative of the whole by
    /// its own ln sigma; in cells.
    /// </summary>
    /// <param name="sigma">Width of the whole blur.</param>
    /// <param name="before">Width of the blur already made, 0 for none.</param>
    /// <param name="cells">Cells along the longer side of the image: farther away than these the kernel does not matter.</param>
    public static ShortKernel Of(double sigma, double before, int cells)
    {
        var remaining = Math.Sqrt(sigma * sigma - before * before);
        double[] g = new double[Math.Max(cells, 200 + (int)Math.Ceiling(8 * remaining))], d = new double[g.Length];
        GaussianKernels.Sample(remaining, 8 * g.Length, g, d);
        for (var i = 0; i < d.Length; i++) d[i] *= sigma * sigma / (remaining * remaining);
        var least = (int)Math.Ceiling(LeastReach * remaining);
        var (reach, taps) = (Math.Max(least, Reach(d)), Math.Max(LeastTaps, least + 1));
        return reach > 2 * taps && cells >= taps + LeastTail && RingingTail.Fit(g[..cells], d[..cells], taps) is { } tail
            ? new ShortKernel(Joined(g[..cells], taps, tail.G), Joined(d[..cells], taps, tail.D), taps, tail)
            : Cut(g, d, reach, cells, remaining, sigma);
    }

    private static ShortKernel Cut(double[] g, double[] d, int radius, int cells, double remaining, double sigma)
    {
        var kept = Math.Min(radius + 1, cells);
        return new ShortKernel(Cut(g, radius, 1, remaining * remaining)[..kept], Cut(d, radius, 0, 2 * sigma * sigma)[..kept], kept, null);
    }

    // The kernel with its tail from the given distance on, its first taps changed so that sum and second moment stay.
    private static double[] Joined(double[] kernel, int taps, Func<int, double> tail)
    {
        double[] joined = [.. kernel.Select((value, x) => x < taps ? value : tail(x))];
        Correct(joined, taps - 1, Moment(kernel, 0), Moment(kernel, 2));
        return joined;
    }

    private static float[] Taps(double[] kernel, int count, Func<int, double>? tail) =>
        [.. kernel.Take(count).Select((value, x) => (float)(x == 0 || tail is null ? value : value - tail(x)))];

    private static int Reach(double[] kernel)
    {
        double Weight(int x) => (double)x * x * kernel[x] * kernel[x];
        var radius = kernel.Length - 1;
        var allowed = Tolerance * Enumerable.Range(0, kernel.Length).Sum(Weight);
        for (var rest = Weight(radius); rest < allowed && radius > 1; rest += Weight(radius)) radius--;
        return radius;
    }

    // Half of the last value is kept: of what rings, about half is left to come.
    private static double[] Cut(double[] kernel, int radius, double sum, double secondMoment)
    {
        var cut = kernel[..(radius + 1)];
        cut[radius] /= 2;
        Correct(cut, radius, sum, secondMoment);
        return cut;
    }

    // The least change of the values up to a radius, in the sum of its squares, that gives the wanted sum and second moment is a + b x^2.
    private static void Correct(double[] kernel, int radius, double sum, double secondMoment)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, radius + 1)];
        var (count, squares, fourths) = (Moment(ones, 0), Moment(ones, 2), Moment(ones, 4));
        var (noSum, noMoment) = (sum - Moment(kernel, 0), secondMoment - Moment(kernel, 2));
        var determinant = count * fourths - squares * squares;
        var a = (noSum * fourths - noMoment * squares) / determinant;
        var b = (noMoment * count - noSum * squares) / determinant;
        for (var x = 0; x <= radius; x++) kernel[x] += a + b * x * x;
    }

    // Of an even function.
    private static double Moment(double[] values, int power)
    {
        var sum = power == 0 ? values[0] : 0;
        for (var x = 1; x < values.Length; x++) sum += 2 * Math.Pow(x, power) * values[x];
        return sum;
    }
}
