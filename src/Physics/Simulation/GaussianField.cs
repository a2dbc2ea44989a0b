using System.Runtime.InteropServices;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Turbulence;
using TorchSharp;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// Draws periodic Gaussian random fields on a grid. Every mode k gets an independent complex amplitude of variance P(k)/V, the mode
/// k = 0 none; the variance of the field is then the sum of P/V over the modes of the grid. Drawn in k space on the half of the
/// modes with kz >= 0. Holds buffers: one thread at a time.
/// </summary>
internal sealed class GaussianField : IDisposable
{
    /// <summary>Planes of modes that are transformed at a time: few enough for a cache, and no second cube is needed.</summary>
    private const int Slab = 16;

    private readonly CubeGrid grid;
    private readonly SeededGenerator generator = new();
    private readonly torch.Tensor modes;
    private torch.Tensor? row;
    private bool isDrawn;

    public GaussianField(CubeGrid grid)
    {
        this.grid = grid;
        modes = torch.empty([grid.CellsY, grid.CellsX, HalfDepth, 2], torch.ScalarType.Float32).DetachFromDisposeScope();
    }

    private int HalfDepth => grid.CellsZ / 2 + 1;

    /// <summary>Draws a field: all but the transform along the line of sight, which <see cref="Row"/> does.</summary>
    /// <returns>The variance of the field that the grid realises, the sum of P/V over its modes.</returns>
    public double Draw(Seed seed, TurbulenceSpectrum spectrum)
    {
        using var scope = torch.NewDisposeScope();
        modes.normal_(0, 1, generator.Restart(seed));
        var variance = Colour(MemoryMarshal.Cast<byte, float>(modes.bytes), spectrum);
        TransformPlanes();
        isDrawn = true;
        return variance;
    }

    /// <summary>The field at the first <paramref name="width"/> cells of row y, [x, z]; valid until the next call. Row by row, it stays in the cache.</summary>
    public ReadOnlySpan<float> Row(int y, int width)
    {
        if (!isDrawn) throw new InvalidOperationException("no field was drawn");
        using var scope = torch.NewDisposeScope();
        row?.Dispose();
        var selected = modes.view_as_complex().select(0, y).narrow(0, 0, width);
        row = torch.fft.irfft(selected, grid.CellsZ, 1, FFTNormType.Forward).DetachFromDisposeScope();
        return MemoryMarshal.Cast<byte, float>(row.bytes);
    }

    public void Dispose()
    {
        row?.Dispose();
        modes.Dispose();
        generator.Dispose();
    }

    // Without a factor 1/n: the modes are amplitudes.
    private void TransformPlanes()
    {
        var complex = modes.view_as_complex();
        for (var z = 0; z < HalfDepth; z += Slab)
        {
            using var scope = torch.NewDisposeScope();
            var slab = complex.narrow(2, z, Math.Min(Slab, HalfDepth - z));
            slab.copy_(torch.fft.ifftn(slab, null, [0, 1], FFTNormType.Forward));
        }
    }

    // A mode with 0 < kz < Nyquist stands for itself and its conjugate: real and imaginary part carry P/2V each. On the planes kz = 0 and
    // Nyquist the transform keeps the real part of the field only, which halves its variance: there they carry P/V each.
    private double Colour(Span<float> amplitudes, TurbulenceSpectrum spectrum)
    {
        float[] kx = SquaredWavenumbers(grid.CellsX, grid.CellR500), ky = SquaredWavenumbers(grid.CellsY, grid.CellR500);
        var kz = SquaredWavenumbers(grid.CellsZ, grid.DepthCellR500).AsSpan(0, HalfDepth);
        var table = new RadialTable(k => Math.Sqrt(spectrum.Power(k) / grid.Volume), 0.5 / grid.LongestSide, grid.LargestWavenumber);
        var variance = 0.0;
        var at = 0;
        for (var y = 0; y < ky.Length; y++)
        {
            for (var x = 0; x < kx.Length; x++, at += 2 * HalfDepth)
                variance += ColourColumn(amplitudes.Slice(at, 2 * HalfDepth), kx[x] + ky[y], kz, table);
        }
        return variance;
    }

    private static double ColourColumn(Span<float> column, float across, ReadOnlySpan<float> kz, RadialTable table)
    {
        const double half = 0.70710678118654752;
        var interior = 0.0;
        for (var z = 1; z < kz.Length - 1; z++)
        {
            var amplitude = table.At(across + kz[z]);
            interior += amplitude * amplitude;
            var factor = (float)(amplitude * half);
            column[2 * z] *= factor;
            column[2 * z + 1] *= factor;
        }
        var first = across > 0 ? table.At(across) : 0;
        var last = table.At(across + kz[^1]);
        Scale(column[..2], first);
        Scale(column[^2..], last);
        return 2 * interior + first * first + last * last;
    }

    private static void Scale(Span<float> mode, double amplitude)
    {
        mode[0] *= (float)amplitude;
        mode[1] *= (float)amplitude;
    }

    private static float[] SquaredWavenumbers(int cells, double cell)
    {
        var squares = new float[cells];
        for (var i = 0; i < cells; i++)
        {
            var k = Math.Min(i, cells - i) / (cells * cell);
            squares[i] = (float)(k * k);
        }
        return squares;
    }
}
