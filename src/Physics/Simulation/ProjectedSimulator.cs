using System.Collections.Concurrent;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Simulation.Projected;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// The fast simulator: fields of density fluctuations as they appear in projection, without the cube. The weight of every line of sight is a sum of a few
/// functions of depth, <c>eps/S0 = sum_j a_j(R) phi_j(z)</c>, so that what is linear in delta is exact: <c>int eps delta = S0 sum_j a_j g_j</c> with planes
/// g_j that are jointly Gaussian (Churazov et al. 2012 for the spectrum of one). For what is not, delta = delta_L + delta_S: the large scales are followed in
/// three dimensions on a small cube, the small ones enter by the moments of their projections,
/// <code>
/// int eps delta^2 = S0 captured + int eps (delta_L^2 - mean) + 2 (m G_S + s G_S') + Q
/// </code>
/// with <c>G_S = int eps delta_S</c>, m and s the mean and the scatter of delta_L along the line of sight weighted with eps^2, G_S' an independent twin of G_S, and
/// Q a Gaussian field with the spectrum of <c>int eps delta_S^2</c>. Given delta_L, the small scales so have the variance
/// <c>int eps^2 (1 + sigma delta_L)^2</c> that they have in the cube (delta_S varying faster along the line of sight than eps and delta_L), whatever sigma.
/// Same box, same band of waves, same captured variance as the cube's. Safe for concurrent use; equal seeds give equal bits.
/// </summary>
public sealed class ProjectedSimulator : IFieldSimulator
{
    private readonly int width, height;
    private readonly SightlineBasis basis;
    private readonly LargeWaves largeWaves;
    private readonly SmallWaves smallWaves;
    private readonly ConcurrentBag<ProjectedField> fields = [];

    /// <summary>A simulator for images of this size.</summary>
    /// <param name="width">Pixels along x.</param>
    /// <param name="height">Pixels along y.</param>
    /// <param name="pixelR500">Side of a pixel in R500.</param>
    /// <param name="settings">The box that a cube would have.</param>
    /// <param name="reference">The emission that those to be drawn resemble: its lines of sight make the basis.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public ProjectedSimulator(int width, int height, double pixelR500, CubeSettings settings, ClusterEmission reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        Grid = CubeGrid.For(width, height, pixelR500, settings);
        (this.width, this.height) = (width, height);
        basis = new SightlineBasis(reference, Grid);
        var (split, transforms) = (ScaleSplit.For(Grid), basis.Transforms());
        largeWaves = new LargeWaves(Grid, split, transforms);
        smallWaves = new SmallWaves(Grid, split, new ProjectedSpectra(transforms, Grid));
    }

    /// <inheritdoc/>
    public CubeGrid Grid { get; }

    /// <inheritdoc/>
    public PerturbedEmission Draw(Seed seed, ClusterEmission emission, double injectionScale, double slope, ReadOnlySpan<bool> pixels)
    {
        var maps = Maps(emission, pixels);
        if (!fields.TryTake(out var field)) field = new ProjectedField(Grid, largeWaves, smallWaves);
        field.Draw(seed, new TurbulenceSpectrum(1, injectionScale, slope));
        var sums = new ProjectedSums(width, height, Grid.CellsX);
        var result = sums.Add(field, maps);
        fields.Add(field);
        return result;
    }

    /// <inheritdoc/>
    public double[] Unperturbed(ClusterEmission emission, ReadOnlySpan<bool> pixels) => Maps(emission, pixels).Brightness;

    /// <inheritdoc/>
    public void Dispose()
    {
        while (fields.TryTake(out var field)) field.Dispose();
    }

    private SightlineMaps Maps(ClusterEmission emission, ReadOnlySpan<bool> pixels)
    {
        ArgumentNullException.ThrowIfNull(emission);
        if (emission.EllipticalRadius.Length != width * height)
            throw new ArgumentException($"the emission has {emission.EllipticalRadius.Length} radii, the image {width * height} pixels", nameof(emission));
        if (!pixels.IsEmpty && pixels.Length != width * height)
            throw new ArgumentException($"the selection has {pixels.Length} pixels, the image {width * height}", nameof(pixels));
        return new SightlineMaps(new SightlineTable(emission, basis, Grid), emission.EllipticalRadius, pixels);
    }
}
