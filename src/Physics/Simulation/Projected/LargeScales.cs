using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ClusterSurvey.Foundation;
using TorchSharp;

namespace ClusterSurvey.Physics.Simulation.Projected;

/// <summary>
/// Draws the large scales delta_L of a field in three dimensions and projects them, and their squares, with each function of the basis. Holds buffers:
/// one thread at a time.
/// </summary>
internal sealed class LargeScales : IDisposable
{
    private const int Terms = SightlineBasis.Terms, Lanes = SightlineBasis.Lanes;

    private readonly LargeWaves waves;
    private readonly torch.Tensor cube;
    private readonly float[] sky, sums;

    public LargeScales(LargeWaves waves)
    {
        this.waves = waves;
        TorchRuntime.Ensure();
        cube = torch.zeros([waves.CellsZ, waves.CellsY, waves.HalfX, 2], torch.ScalarType.Float32).DetachFromDisposeScope();
        sky = new float[waves.CellsY * waves.HalfX * 2 * Lanes];
        sums = new float[Pixels];
    }

    /// <summary>The variance of delta_L.</summary>
    public double Variance { get; private set; }

    private int Pixels => waves.CellsX * waves.CellsY;

    /// <summary>Draws delta_L.</summary>
    /// <param name="normals">Two normal numbers for each wave.</param>
    /// <param name="power">P/V by wavenumber.</param>
    public void Draw(ReadOnlySpan<float> normals, RadialTable power)
    {
        var amplitudes = MemoryMarshal.Cast<byte, float>(cube.bytes);
        Array.Clear(sky);
        Variance = 0;
        for (var i = 0; i < waves.Waves.Length; i++)
        {
            ref var wave = ref waves.Waves[i];
            var p = power.At(wave.Square);
            Variance += p * wave.Variance;
            var amplitude = MathF.Sqrt((float)p * wave.Share);
            float re = amplitude * normals[2 * i], im = amplitude * normals[2 * i + 1];
            (amplitudes[2 * wave.Cube], amplitudes[2 * wave.Cube + 1]) = (re, im);
            var transform = Vector256.LoadUnsafe(ref waves.Transforms[wave.Depth * Lanes]);
            ref var sum = ref sky[wave.Sky * 2 * Lanes];
            (Vector256.LoadUnsafe(ref sum) + transform * re).StoreUnsafe(ref sum);
            (Vector256.LoadUnsafe(ref sum, Lanes) + transform * im).StoreUnsafe(ref sum, Lanes);
        }
    }

    /// <summary>The waves of int phi_j delta_L dz.</summary>
    /// <param name="planes">Receives them.</param>
    /// <param name="first">The plane of the first function.</param>
    public void Project(SkyPlanes planes, int first)
    {
        for (var term = 0; term < Terms; term++)
        {
            var target = planes.Waves(first + term);
            for (var y = 0; y < waves.CellsY; y++)
            {
                if (2 * y == waves.CellsY) continue;
                var row = target[(2 * waves.SkyRow(y) * planes.HalfX)..];
                for (var x = 0; x < waves.HalfX - 1; x++)
                {
                    var from = (y * waves.HalfX + x) * 2 * Lanes + term;
                    (row[2 * x], row[2 * x + 1]) = (sky[from], sky[from + Lanes]);
                }
            }
        }
    }

    /// <summary>The waves of int phi_j (delta_L^2 - its mean) dz.</summary>
    /// <param name="planes">Receives them.</param>
    /// <param name="first">The plane of the first function.</param>
    public void ProjectSquare(SkyPlanes planes, int first)
    {
        using var scope = torch.NewDisposeScope();
        var field = torch.fft.irfftn(cube.view_as_complex(), [waves.CellsZ, waves.CellsY, waves.CellsX], null, FFTNormType.Forward);
        var values = MemoryMarshal.Cast<byte, float>(field.bytes);
        SubtractedSquares(values, (float)Variance);
        for (var term = 0; term < Terms; term++)
        {
            Array.Clear(sums);
            for (var z = 0; z < waves.CellsZ; z++)
                VectorSums.MultiplyAdd(values.Slice(z * Pixels, Pixels), waves.Functions[Math.Min(z, waves.CellsZ - z) * Lanes + term], sums);
            var transform = torch.fft.rfftn(torch.tensor(sums, [waves.CellsY, waves.CellsX]), null, null, FFTNormType.Forward);
            Place(MemoryMarshal.Cast<byte, float>(transform.view_as_real().bytes), planes, first + term);
        }
    }

    public void Dispose() => cube.Dispose();

    private static void SubtractedSquares(Span<float> values, float mean)
    {
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(values);
        for (var i = 0; i < vectors.Length; i++) vectors[i] = vectors[i] * vectors[i] - Vector256.Create(mean);
        for (var i = vectors.Length * Vector256<float>.Count; i < values.Length; i++) values[i] = values[i] * values[i] - mean;
    }

    // Waves at the end of the small cube's band are left out: they have no sign.
    private void Place(ReadOnlySpan<float> transform, SkyPlanes planes, int plane)
    {
        var target = planes.Waves(plane);
        for (var y = 0; y < waves.CellsY; y++)
        {
            if (2 * y == waves.CellsY) continue;
            var row = transform.Slice(2 * y * waves.HalfX, waves.CellsX / 2 * 2);
            row.CopyTo(target[(2 * waves.SkyRow(y) * planes.HalfX)..]);
        }
    }
}
