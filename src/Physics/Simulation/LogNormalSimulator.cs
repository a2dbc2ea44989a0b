using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>A cube's log-normal fields of one sigma, in the place of Gaussian ones; the maps that it draws are good for that sigma alone.</summary>
/// <param name="cube">Draws and projects the fields; not disposed of with this.</param>
/// <param name="sigma">rms of delta over all scales.</param>
internal sealed class LogNormalSimulator(CubeSimulator cube, double sigma) : IFieldSimulator
{
    /// <inheritdoc/>
    public CubeGrid Grid => cube.Grid;

    /// <inheritdoc/>
    public PerturbedEmission Draw(Seed seed, ClusterEmission emission, double injectionScale, double slope, ReadOnlySpan<bool> pixels) =>
        cube.DrawLogNormal(seed, emission, new TurbulenceSpectrum(sigma, injectionScale, slope), pixels);

    /// <inheritdoc/>
    public double[] Unperturbed(ClusterEmission emission, ReadOnlySpan<bool> pixels) => cube.Unperturbed(emission, pixels);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
