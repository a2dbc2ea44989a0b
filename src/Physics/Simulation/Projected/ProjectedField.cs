using System.Runtime.InteropServices;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Turbulence;
using TorchSharp;

namespace ClusterSurvey.Physics.Simulation.Projected;

/// <summary>
/// Draws one field of unit sigma, delta = delta_L + delta_S, as images of its projections with the functions of a basis. Holds buffers: one thread at a time.
/// </summary>
internal sealed class ProjectedField : IDisposable
{
    private const int Terms = SightlineBasis.Terms, Few = SmallScales.FewTerms;
    private const int LargePlane = 0, LargeSquarePlane = Terms, SmallPlane = 2 * Terms, SecondPlane = 3 * Terms, SmallSquarePlane = 3 * Terms + Few;

    private readonly CubeGrid grid;
    private readonly int largeNormals;
    private readonly SeededGenerator generator = new();
    private readonly torch.Tensor normals;
    private readonly SkyPlanes planes;
    private readonly LargeScales large;
    private readonly SmallScales small;

    public ProjectedField(CubeGrid grid, LargeWaves largeWaves, SmallWaves smallWaves)
    {
        this.grid = grid;
        planes = new SkyPlanes(grid, SmallSquarePlane + Few);
        large = new LargeScales(largeWaves);
        small = new SmallScales(smallWaves);
        largeNormals = 2 * largeWaves.Waves.Length;
        normals = torch.empty([largeNormals + SmallScales.NormalsPerWave * planes.WaveCount], torch.ScalarType.Float32).DetachFromDisposeScope();
    }

    /// <summary>The variance of delta on the grid.</summary>
    public double CapturedVariance => large.Variance + small.Variance;

    /// <summary>The variance of delta_L.</summary>
    public double LargeVariance => large.Variance;

    /// <summary>int phi_j delta_L dz.</summary>
    public ReadOnlySpan<float> Large(int term) => planes.Image(LargePlane + term);

    /// <summary>int phi_j (delta_L^2 - its mean) dz.</summary>
    public ReadOnlySpan<float> LargeSquare(int term) => planes.Image(LargeSquarePlane + term);

    /// <summary>int phi_j delta_S dz.</summary>
    public ReadOnlySpan<float> Small(int term) => planes.Image(SmallPlane + term);

    /// <summary>An independent twin of int phi_j delta_S dz; the first few functions only.</summary>
    public ReadOnlySpan<float> Second(int term) => planes.Image(SecondPlane + term);

    /// <summary>int phi_j (delta_S^2 - its mean) dz, as a Gaussian field; the first few functions only.</summary>
    public ReadOnlySpan<float> SmallSquare(int term) => planes.Image(SmallSquarePlane + term);

    /// <summary>Draws a field.</summary>
    public void Draw(Seed seed, TurbulenceSpectrum spectrum)
    {
        using (torch.NewDisposeScope()) normals.normal_(0, 1, generator.Restart(seed));
        var numbers = MemoryMarshal.Cast<byte, float>(normals.bytes);
        var power = new RadialTable(k => spectrum.Power(k) / grid.Volume, 0.5 / grid.LongestSide, grid.LargestWavenumber);
        large.Draw(numbers[..largeNormals], power);
        large.Project(planes, LargePlane);
        large.ProjectSquare(planes, LargeSquarePlane);
        small.Draw(numbers[largeNormals..], power, planes, SmallPlane, SecondPlane, SmallSquarePlane);
        planes.Transform();
    }

    public void Dispose()
    {
        normals.Dispose();
        planes.Dispose();
        large.Dispose();
        generator.Dispose();
    }
}
