using System.Collections.Concurrent;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>
/// One-dimensional Gaussian blurs as symmetric matrices, for every scale and image length. The kernel is the one with
/// the Fourier transform <c>exp(-2 pi^2 sigma^2 kappa^2)</c> within the grid's band, |kappa| &lt;= 1/2 per pixel. A 2-D
/// blur of a w x h image is two products, so an image that ends where its data end needs no padding and no wrap can occur.
/// Safe for concurrent use.
/// </summary>
internal sealed class GaussianKernels(FilterBoundary boundary)
{
    private readonly ConcurrentDictionary<(int Length, double Sigma), Lazy<KernelPair>> made = [];

    /// <summary>A blur G and its derivative D = dG/d ln sigma, both [stride, stride] with zeros beyond the image's length.</summary>
    internal sealed record KernelPair(double[] G, double[] D);

    /// <summary>The blur of a row or column of this many pixels.</summary>
    public KernelPair For(int length, double sigmaPixels) => made.GetOrAdd((length, sigmaPixels), _ => new Lazy<KernelPair>(() => Make(length, sigmaPixels))).Value;

    private KernelPair Make(int length, double sigmaPixels)
    {
        var period = boundary == FilterBoundary.Periodic ? length : 2 * length + 64 + (int)Math.Ceiling(16 * sigmaPixels);
        var g = new double[length];
        var d = new double[length];
        Sample(sigmaPixels, period, g, d);
        return new KernelPair(Symmetric(g), Symmetric(d));
    }

    // Inverse discrete transform of an even function on a period long enough that the kernel has died out (or on the image's own).
    internal static void Sample(double sigma, int period, Span<double> g, Span<double> d)
    {
        var cosines = new double[period];
        for (var i = 0; i < period; i++) cosines[i] = Math.Cos(2 * Math.PI * i / period);
        for (var mode = 0; 2 * mode <= period; mode++)
        {
            var kappa = (double)mode / period;
            var exponent = 2 * Math.PI * Math.PI * sigma * sigma * kappa * kappa;
            var multiplicity = mode == 0 || 2 * mode == period ? 1.0 : 2.0;
            var transfer = multiplicity * Math.Exp(-exponent) / period;
            if (transfer == 0) break;
            for (var distance = 0; distance < g.Length; distance++)
            {
                var term = transfer * cosines[(int)((long)mode * distance % period)];
                g[distance] += term;
                d[distance] -= 2 * exponent * term;
            }
        }
    }

    private static double[] Symmetric(double[] kernel)
    {
        var stride = MatrixProduct.Stride(kernel.Length);
        var matrix = new double[stride * stride];
        for (var i = 0; i < kernel.Length; i++)
            for (var j = 0; j < kernel.Length; j++) matrix[i * stride + j] = kernel[Math.Abs(i - j)];
        return matrix;
    }
}
