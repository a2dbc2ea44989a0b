using ClusterSurvey.Foundation;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// Draws fields of density fluctuations in a box and the emission that they perturb, for images of one size. Safe for concurrent use; equal seeds give equal bits.
/// </summary>
public interface IFieldSimulator : IDisposable
{
    /// <summary>The box.</summary>
    CubeGrid Grid { get; }

    /// <summary>Draws one field of unit sigma and projects the emission that it perturbs.</summary>
    /// <param name="seed">The field's seed.</param>
    /// <param name="emission">The unperturbed cluster.</param>
    /// <param name="injectionScale">l_inj in R500.</param>
    /// <param name="slope">alpha.</param>
    /// <param name="pixels">True where the brightness is wanted; empty for everywhere. Elsewhere the maps are 0.</param>
    /// <exception cref="ArgumentException">The emission or the selection is of another size than the image.</exception>
    PerturbedEmission Draw(Seed seed, ClusterEmission emission, double injectionScale, double slope, ReadOnlySpan<bool> pixels);

    /// <summary>S0, the unperturbed surface brightness as <see cref="Draw"/> gives it, counts s^-1 kpc^-2 without the sky's background.</summary>
    /// <param name="emission">The cluster.</param>
    /// <param name="pixels">True where it is wanted; empty for everywhere.</param>
    /// <exception cref="ArgumentException">The emission or the selection is of another size than the image.</exception>
    double[] Unperturbed(ClusterEmission emission, ReadOnlySpan<bool> pixels);
}
