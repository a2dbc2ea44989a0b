using System.Runtime.InteropServices;
using ClusterSurvey.Foundation;
using TorchSharp;

namespace ClusterSurvey.Physics.Spectra;

/// <summary>Two-dimensional fields of known spectrum on a periodic square: irfft2(rfft2(white) sqrt(P)) / pixel.</summary>
internal static class PeriodicField
{
    public static double[] Of(double[] white, int side, double pixel, Func<double, double> power)
    {
        TorchRuntime.Ensure();
        using var scope = torch.NewDisposeScope();
        var modes = torch.fft.rfft2(torch.tensor(white, [side, side]));
        var half = side / 2 + 1;
        var factors = new double[side * half];
        for (var y = 0; y < side; y++)
            for (var x = 0; x < half; x++)
            {
                double ky = Math.Min(y, side - y) / (side * pixel), kx = x / (side * pixel);
                var k = Math.Sqrt(kx * kx + ky * ky);
                factors[y * half + x] = k > 0 ? Math.Sqrt(power(k)) / pixel : 0;
            }
        var field = torch.fft.irfft2(modes * torch.tensor(factors, [side, half]), [side, side]);
        return MemoryMarshal.Cast<byte, double>(field.contiguous().bytes).ToArray();
    }

    public static double[] White(Seed seed, int count)
    {
        var white = new double[count];
        seed.Stream().FillNormal(white);
        return white;
    }
}
