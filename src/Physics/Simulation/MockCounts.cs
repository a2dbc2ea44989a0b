using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>Mock observations: Poisson counts of a cluster with turbulence of a known truth.</summary>
public static class MockCounts
{
    /// <summary>One perturbed counts map over the whole image.</summary>
    /// <param name="seed">Seed of field and counts.</param>
    /// <param name="geometry">Exposure and background.</param>
    /// <param name="simulator">Draws the field; made for the geometry's image.</param>
    /// <param name="emission">The unperturbed cluster as it is in the sky.</param>
    /// <param name="theta">The truth.</param>
    /// <param name="normalised">Divide the emission by 1 + sigma_grid^2, so that its mean over fields is the unperturbed one; nature does not.</param>
    /// <param name="psf">Spreads the whole image, cluster and all; none for a perfect telescope.</param>
    /// <returns>Counts per pixel, row by row.</returns>
    /// <exception cref="ArgumentException">The emission or the simulator's image is of another size than the geometry, or its maps disagree.</exception>
    public static double[] Draw(
        Seed seed, FieldGeometry geometry, IFieldSimulator simulator, ClusterEmission emission, TurbulenceParameters theta, bool normalised = false, PsfConvolution? psf = null)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        ArgumentNullException.ThrowIfNull(emission);
        var perturbed = simulator.Draw(seed.Derive("cube"), emission, theta.InjectionScale, theta.Slope, []);
        return Draw(seed, geometry, psf is null ? perturbed : psf.Image(perturbed), emission.SkyBackground, theta.Sigma, normalised);
    }

    /// <summary>The same from a field that was drawn.</summary>
    /// <param name="seed">Seed of the counts.</param>
    /// <param name="geometry">Exposure and background.</param>
    /// <param name="perturbed">The cluster as the telescope shows it.</param>
    /// <param name="skyBackground">Sky background, counts s^-1 kpc^-2; a point spread function leaves it as it is.</param>
    /// <param name="sigma">rms of delta over all scales.</param>
    /// <param name="normalised">Divide the emission by 1 + sigma_grid^2.</param>
    /// <returns>Counts per pixel, row by row; what falls where there is no exposure is not seen.</returns>
    /// <exception cref="ArgumentException">The field is of another size than the geometry, or its maps disagree.</exception>
    public static double[] Draw(Seed seed, FieldGeometry geometry, PerturbedEmission perturbed, double skyBackground, double sigma, bool normalised)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(perturbed);
        geometry.Validate();
        if (perturbed.Unperturbed.Length != geometry.PixelCount)
            throw new ArgumentException($"the simulator projects to {perturbed.Unperturbed.Length} pixels, the geometry has {geometry.PixelCount}", nameof(perturbed));
        var stream = seed.Derive("counts").Stream();
        var counts = new double[geometry.PixelCount];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = stream.NextPoisson((perturbed.Brightness(i, sigma, normalised) + skyBackground) * geometry.Exposure[i] + geometry.Background[i]);
        return counts;
    }
}
