namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// The surface brightness of a cluster perturbed by one field delta = sigma g, exact for any sigma:
/// <c>S(sigma) = S0 + 2 sigma A + sigma^2 B</c> with <c>S0 = int eps dl, A = int eps g dl, B = int eps g^2 dl</c>. Counts s^-1 kpc^-2, without the sky's background.
/// </summary>
/// <param name="Unperturbed">S0 per pixel.</param>
/// <param name="Linear">A per pixel.</param>
/// <param name="Quadratic">B per pixel.</param>
/// <param name="CapturedVariance">The variance of g on the grid: the fraction of sigma^2 that the grid realises. Never scaled away, since sigma is an integral over all scales.</param>
public sealed record PerturbedEmission(double[] Unperturbed, double[] Linear, double[] Quadratic, double CapturedVariance)
{
    /// <summary>The surface brightness of one pixel.</summary>
    /// <param name="pixel">Which pixel.</param>
    /// <param name="sigma">rms of delta over all scales.</param>
    /// <param name="normalised">Divide by 1 + sigma_grid^2, so that the mean over fields is S0.</param>
    public double Brightness(int pixel, double sigma, bool normalised)
    {
        // A sum of squares: below 0 by rounding at most, or where a point spread function mixed pixels of very unlike brightness.
        var brightness = Math.Max(0, Unperturbed[pixel] + sigma * (2 * Linear[pixel] + sigma * Quadratic[pixel]));
        return normalised ? brightness / (1 + sigma * sigma * CapturedVariance) : brightness;
    }
}
