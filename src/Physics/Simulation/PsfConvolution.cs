using System.Runtime.InteropServices;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.PointSpread;
using TorchSharp;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// Spreads surface brightness as a telescope does: the image weighted with the exposure w is convolved, <c>S' = PSF * (w S) / PSF * w</c>. A flat sky stays
/// flat up to the map's edge
/// and across gaps: what the edge lets out comes in from beyond, as if the sky went on there as it is within. Where there is no exposure (gaps, cut-out
/// sources), light falls on
/// the neighbours all the same: the weight there is continued from around. By its transfer function on a grid padded to the PSF's cut, in float64: light does
/// not wrap around.
/// Safe for concurrent use; equal maps give equal bits.
/// </summary>
public sealed class PsfConvolution
{
    // Nodes of the table of the transfer function over k; it is linear between them to 1e-4.
    private const int TransferNodes = 1000;

    private readonly int width, height, paddedWidth, paddedHeight;
    private readonly double[] weight, spreadWeight, transfer;

    /// <param name="psf">The point spread function.</param>
    /// <param name="width">Pixels along x.</param>
    /// <param name="height">Pixels along y.</param>
    /// <param name="pixelArcsec">Side of a pixel, arcsec.</param>
    /// <param name="exposure">Exposure per pixel, row by row, in any unit; not all 0.</param>
    /// <exception cref="ArgumentException">A size is not positive, the exposure is of another size, or there is none.</exception>
    public PsfConvolution(PointSpreadFunction psf, int width, int height, double pixelArcsec, ReadOnlySpan<double> exposure)
    {
        ArgumentNullException.ThrowIfNull(psf);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (!(pixelArcsec > 0) || !double.IsFinite(pixelArcsec))
            throw new ArgumentException($"pixels of {pixelArcsec} arcsec: a point spread function needs their angle, finite and above 0", nameof(pixelArcsec));
        if (exposure.Length != width * height)
            throw new ArgumentException($"the exposure has {exposure.Length} pixels, the image {width * height}", nameof(exposure));
        TorchRuntime.Ensure();
        (this.width, this.height) = (width, height);
        var reach = (int)Math.Ceiling(psf.CutArcsec / pixelArcsec);
        (paddedWidth, paddedHeight) = (FastSize.AtLeast(width + reach), FastSize.AtLeast(height + reach));
        transfer = MakeTransfer(psf, pixelArcsec);
        weight = ContinuedExposure.Of(exposure, width, height);
        spreadWeight = new double[weight.Length];
        Spread([weight], [spreadWeight]);
    }

    /// <summary>A brightness map as the telescope shows it, row by row.</summary>
    /// <exception cref="ArgumentException">The map is of another size.</exception>
    public double[] Image(double[] brightness) => Images([brightness])[0];

    /// <summary>A perturbed cluster as the telescope shows it: S0, A and B convolved, once for all sigmas.</summary>
    /// <exception cref="ArgumentException">The maps are of another size.</exception>
    public PerturbedEmission Image(PerturbedEmission perturbed)
    {
        ArgumentNullException.ThrowIfNull(perturbed);
        var images = Images([perturbed.Unperturbed, perturbed.Linear, perturbed.Quadratic]);
        return perturbed with { Unperturbed = images[0], Linear = images[1], Quadratic = images[2] };
    }

    /// <summary>Several brightness maps at once.</summary>
    /// <exception cref="ArgumentException">A map is of another size.</exception>
    public double[][] Images(IReadOnlyList<double[]> brightness)
    {
        ArgumentNullException.ThrowIfNull(brightness);
        var weighted = new double[brightness.Count][];
        for (var map = 0; map < weighted.Length; map++)
        {
            var sharp = brightness[map];
            if (sharp.Length != weight.Length) throw new ArgumentException($"a map of {sharp.Length} pixels, expected {width} x {height}", nameof(brightness));
            weighted[map] = new double[sharp.Length];
            for (var i = 0; i < sharp.Length; i++) weighted[map][i] = sharp[i] * weight[i];
        }
        Spread(weighted, weighted);
        foreach (var map in weighted)
            for (var i = 0; i < map.Length; i++) map[i] /= spreadWeight[i];
        return weighted;
    }

    private void Spread(double[][] maps, double[][] results)
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.zeros([maps.Length, paddedHeight, paddedWidth], torch.ScalarType.Float64);
        var pixels = MemoryMarshal.Cast<byte, double>(images.bytes);
        for (var map = 0; map < maps.Length; map++)
            for (var y = 0; y < height; y++) maps[map].AsSpan(y * width, width).CopyTo(pixels[((map * paddedHeight + y) * paddedWidth)..]);
        var factors = torch.tensor(transfer, [paddedHeight, paddedWidth / 2 + 1]);
        var spread = torch.fft.irfftn(torch.fft.rfftn(images, null, [1, 2]) * factors, [paddedHeight, paddedWidth], [1, 2]);
        pixels = MemoryMarshal.Cast<byte, double>(spread.bytes);
        for (var map = 0; map < maps.Length; map++)
            for (var y = 0; y < height; y++) pixels.Slice((map * paddedHeight + y) * paddedWidth, width).CopyTo(results[map].AsSpan(y * width));
    }

    private double[] MakeTransfer(PointSpreadFunction psf, double pixelArcsec)
    {
        var largest = Math.Sqrt(0.5) / pixelArcsec;
        var step = largest / TransferNodes;
        var table = new double[TransferNodes + 2];
        for (var i = 0; i < table.Length; i++) table[i] = psf.Transfer(i * step);
        var half = paddedWidth / 2 + 1;
        var factors = new double[paddedHeight * half];
        for (var i = 0; i < factors.Length; i++)
        {
            var (x, y) = (i % half, i / half);
            double kx = x / (paddedWidth * pixelArcsec), ky = Math.Min(y, paddedHeight - y) / (paddedHeight * pixelArcsec);
            var place = Math.Sqrt(kx * kx + ky * ky) / step;
            var node = (int)place;
            factors[i] = table[node] + (place - node) * (table[node + 1] - table[node]);
        }
        return factors;
    }
}
