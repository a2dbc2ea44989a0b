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
    /// <param name="emission">The unperturbed cluster.</param>
    /// <param name="theta">The truth.</param>
    /// <param name="normalised">Divide the emission by 1 + sigma_grid^2, so that its mean over fields is the unperturbed one; nature does not.</param>
    /// <returns>Counts per pixel, row by row.</returns>
    /// <exception cref="ArgumentException">The emission or the simulator's image is of another size than the geometry, or its maps disagree.</exception>
    public static double[] Draw(Seed seed, FieldGeometry geometry, IFieldSimulator simulator, ClusterEmission emission, TurbulenceParameters theta, bool normalised = false)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(simulator);
        geometry.Validate();
        var perturbed = simulator.Draw(seed.Derive("cube"), emission, theta.InjectionScale, theta.Slope, []);
        if (perturbed.Unperturbed.Length != geometry.PixelCount)
            throw new ArgumentException($"the simulator projects to {perturbed.Unperturbed.Length} pixels, the geometry has {geometry.PixelCount}", nameof(simulator));
        var stream = seed.Derive("counts").Stream();
        var counts = new double[geometry.PixelCount];
        for (var i = 0; i < counts.Length; i++)
        {
            var brightness = perturbed.Brightness(i, theta.Sigma, normalised) + emission.SkyBackground;
            counts[i] = stream.NextPoisson(brightness * geometry.Exposure[i] + geometry.Background[i]);
        }
        return counts;
    }
}
