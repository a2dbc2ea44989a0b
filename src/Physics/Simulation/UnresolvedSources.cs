using ClusterSurvey.Foundation;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// Extra power from point sources below the detection limit: a sky whose brightness fluctuates from pixel to pixel, without correlation, with the flat angular
/// power
/// <c>P = int F^2 (dN/dF) dF</c> per solid angle. How much is unknown; every simulation draws it, uniform in its logarithm. As a Gaussian, since many faint
/// sources add up.
/// </summary>
public sealed record UnresolvedSources
{
    /// <param name="lowest">Least power, counts^2 s^-2 arcmin^-2, above 0.</param>
    /// <param name="highest">Largest power, not below the least.</param>
    /// <exception cref="ArgumentException">The range is none.</exception>
    public UnresolvedSources(double lowest, double highest)
    {
        if (!(lowest > 0) || !(highest >= lowest) || !double.IsFinite(highest))
            throw new ArgumentException($"extra power from {lowest} to {highest}: expected finite, above 0, and the larger last");
        (Lowest, Highest) = (lowest, highest);
    }

    /// <summary>Least power, counts^2 s^-2 arcmin^-2.</summary>
    public double Lowest { get; }

    /// <summary>Largest power, counts^2 s^-2 arcmin^-2.</summary>
    public double Highest { get; }

    /// <summary>The prior in words.</summary>
    public string InWords => FormattableString.Invariant($"flat power of unresolved sources from {Lowest} to {Highest} counts^2 s^-2 arcmin^-2, uniform in its logarithm");

    /// <summary>
    /// One sky: brightness about its mean per pixel, counts s^-1 kpc^-2, independent with the standard deviation <c>sqrt(P) a / b^2</c>, a being the pixel's
    /// side in arcmin and b
    /// in kpc.
    /// </summary>
    /// <param name="seed">Seed of power and sky.</param>
    /// <param name="pixels">How many pixels.</param>
    /// <param name="pixelArcmin">Side of a pixel, arcmin.</param>
    /// <param name="pixelKpc">Side of a pixel, kpc.</param>
    public double[] Draw(Seed seed, int pixels, double pixelArcmin, double pixelKpc)
    {
        var stream = seed.Stream();
        var power = Lowest * Math.Pow(Highest / Lowest, stream.NextDouble());
        var deviation = Math.Sqrt(power) * pixelArcmin / (pixelKpc * pixelKpc);
        var sky = new double[pixels];
        for (var i = 0; i < sky.Length; i++) sky[i] = deviation * stream.NextNormal();
        return sky;
    }
}
