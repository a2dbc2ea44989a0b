using MathNet.Numerics.LinearAlgebra;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// The far part of a blur that is narrower than about a pixel. Its transfer function <c>exp(-2 pi^2 sigma^2 kappa^2)</c> has a kink at the shortest wave of the grid, so that
/// both G and D = dG/d ln sigma ring as (-1)^x h(x) over the whole image, where h falls like 1/x^2. The kink's shape makes h a sum of falling exponentials,
/// <c>h(x) = 1/pi integral exp(-a pi^2 + a t^2) sin(2 pi a t) exp(-t x) dt, a = sigma^2/2</c> (the Fourier integral over one period, its contour turned into the
/// imaginary direction), of which a few suffice. A sum of exponentials is a recursion from cell to cell: its cost does not grow with its length.
/// </summary>
internal sealed class RingingTail
{
    /// <summary>Exponentials in the sum.</summary>
    public const int Terms = 6;

    /// <summary>The fastest decay, per cell; the slowest is one over the image.</summary>
    private const double FastestDecay = 0.5;

    /// <summary>What h may be off by, relative to itself.</summary>
    private const double Tolerance = 0.1;

    private readonly double[] ratios, weightsG, weightsD;

    private RingingTail(double[] ratios, double[] weightsG, double[] weightsD)
    {
        (this.ratios, this.weightsG, this.weightsD) = (ratios, weightsG, weightsD);
        Ratios = Array.ConvertAll(ratios, value => (float)value);
        WeightsG = Array.ConvertAll(weightsG, value => (float)value);
        WeightsD = Array.ConvertAll(weightsD, value => (float)value);
    }

    /// <summary>What each term is multiplied by from one cell to the next, between -1 and 0.</summary>
    public float[] Ratios { get; }

    /// <summary>The weights of the terms in G.</summary>
    public float[] WeightsG { get; }

    /// <summary>The weights of the terms in D.</summary>
    public float[] WeightsD { get; }

    /// <summary>G's tail at a distance above 0.</summary>
    public double G(int distance) => Sum(weightsG, distance);

    /// <summary>D's tail at a distance above 0.</summary>
    public double D(int distance) => Sum(weightsD, distance);

    /// <summary>The least squares of the relative differences from a distance on.</summary>
    /// <param name="g">G at distances from 0.</param>
    /// <param name="d">D, as long.</param>
    /// <param name="from">The first distance that counts; more than <see cref="Terms"/> must follow.</param>
    /// <returns>Null if no sum of so few exponentials comes close: so it is with a kernel of less than half a pixel.</returns>
    public static RingingTail? Fit(double[] g, double[] d, int from)
    {
        var slowest = 1.0 / g.Length;
        double[] ratios = [.. Enumerable.Range(0, Terms).Select(term => -Math.Exp(-slowest * Math.Pow(FastestDecay / slowest, term / (Terms - 1.0))))];
        return Weights(g, ratios, from) is { } weightsG && Weights(d, ratios, from) is { } weightsD ? new RingingTail(ratios, weightsG, weightsD) : null;
    }

    private static double[]? Weights(double[] kernel, double[] ratios, int from)
    {
        var count = kernel.Length - from;
        var relative = Matrix<double>.Build.Dense(count, Terms, (row, term) => Math.Pow(ratios[term], from + row) / kernel[from + row]);
        var weights = relative.QR().Solve(Vector<double>.Build.Dense(count, 1));
        return relative.Multiply(weights).All(ratio => Math.Abs(ratio - 1) <= Tolerance) ? weights.ToArray() : null;
    }

    private double Sum(double[] weights, int distance)
    {
        var sum = 0.0;
        for (var term = 0; term < Terms; term++) sum += weights[term] * Math.Pow(ratios[term], distance);
        return sum;
    }
}
