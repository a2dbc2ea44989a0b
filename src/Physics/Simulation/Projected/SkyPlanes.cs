using System.Runtime.InteropServices;
using ClusterSurvey.Foundation;
using TorchSharp;

namespace ClusterSurvey.Physics.Simulation.Projected;

/// <summary>
/// Projected fields across the sky: their waves, [plane, y, half of x] complex amplitudes, and the images that a transform makes of them. Where kx is 0 or
/// half the cells, the transform keeps the real part of the amplitudes' image: real and imaginary part carry the whole power there, half of it elsewhere.
/// </summary>
internal sealed class SkyPlanes : IDisposable
{
    private readonly CubeGrid grid;
    private readonly torch.Tensor waves;
    private readonly float[][] images;

    public SkyPlanes(CubeGrid grid, int count)
    {
        this.grid = grid;
        TorchRuntime.Ensure();
        waves = torch.zeros([count, grid.CellsY, HalfX, 2], torch.ScalarType.Float32).DetachFromDisposeScope();
        images = [.. Enumerable.Range(0, count).Select(_ => new float[grid.CellsX * grid.CellsY])];
    }

    /// <summary>Waves of one plane.</summary>
    public int WaveCount => grid.CellsY * HalfX;

    /// <summary>Waves of a row.</summary>
    public int HalfX => grid.CellsX / 2 + 1;

    /// <summary>The amplitudes of some planes, one after the other, real and imaginary part in turn; valid until the planes are disposed of.</summary>
    public Span<float> Waves(int first, int count = 1) => MemoryMarshal.Cast<byte, float>(waves.bytes).Slice(2 * first * WaveCount, 2 * count * WaveCount);

    /// <summary>The image of a plane that <see cref="Transform"/> made.</summary>
    public ReadOnlySpan<float> Image(int plane) => images[plane];

    /// <summary>Makes the images.</summary>
    public void Transform()
    {
        using var scope = torch.NewDisposeScope();
        for (var plane = 0; plane < images.Length; plane++)
        {
            using var image = torch.fft.irfftn(waves[plane].view_as_complex(), [grid.CellsY, grid.CellsX], null, FFTNormType.Forward);
            MemoryMarshal.Cast<byte, float>(image.bytes).CopyTo(images[plane]);
        }
    }

    public void Dispose() => waves.Dispose();
}
