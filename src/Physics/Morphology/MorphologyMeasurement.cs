using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Maps;
using ClusterSurvey.Physics.MeanModel;

namespace ClusterSurvey.Physics.Morphology;

/// <summary>
/// Measures a cluster's shape on its own maps: exposure-corrected brightness without background and sky, in apertures of the mean model's ellipse. Holes of
/// the mask, and what of the ellipse lies beyond the map, are filled with the mean model. Asymmetries are measured on the residual from the mean model, which has
/// none, so that neither pixels nor holes make any.
/// <para>
/// Counting noise makes every image unequal and asymmetric. Its expectation is taken off: of the squares of centroid offsets and of Zernike
/// amplitudes by propagation, of the Gini coefficient by what Poisson draws of the mean model have more than the mean model. Standard errors are
/// the scatter of the indicators over Poisson draws about the observed counts. (ADR 0028)
/// </para>
/// </summary>
public sealed record MorphologyMeasurement
{
    /// <summary>Poisson draws for errors, and as many for the noise of the Gini coefficient.</summary>
    public int Draws { get; init; } = 100;

    /// <summary>Measures with a fitted mean model.</summary>
    /// <param name="seed">Origin of the Poisson draws.</param>
    /// <param name="maps">The cluster's maps.</param>
    /// <param name="posterior">Its mean model: the best parameters count.</param>
    public ClusterMorphology Run(Seed seed, MapSet maps, MeanModelPosterior posterior)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(posterior);
        var best = posterior.Best;
        var whole = maps.Padded(Margin(best.Ellipse(maps.CentreX, maps.CentreY, maps.PixelR500), maps));
        var image = posterior.Model(whole).Image(best);
        for (var i = 0; i < image.Length; i++) image[i] -= best.SkyBackground;
        return Run(seed, whole, best.Ellipse(whole.CentreX, whole.CentreY, whole.PixelR500), image, best.SkyBackground);
    }

    /// <summary>Measures with any mean brightness that is symmetric about an ellipse.</summary>
    /// <param name="seed">Origin of the Poisson draws.</param>
    /// <param name="maps">Maps that hold the whole ellipse.</param>
    /// <param name="ellipse">The ellipse; its radius 1 is R500.</param>
    /// <param name="model">Brightness of the cluster's mean model in every pixel, without sky, in counts s^-1 kpc^-2.</param>
    /// <param name="skyBackground">Brightness of the sky, in counts s^-1 kpc^-2.</param>
    public ClusterMorphology Run(Seed seed, MapSet maps, Ellipse ellipse, double[] model, double skyBackground)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(model);
        if (model.Length != maps.PixelCount) throw new ArgumentException($"the model has {model.Length} pixels, the maps {maps.PixelCount}", nameof(model));
        var image = new MorphologyImage(maps, ellipse, model, skyBackground);
        var noise = seed.Derive("noise").Stream();
        var observed = MorphologyIndicators.Of(image, image.Residual(image.Observed), noisePortions: 1);
        // A draw about the observed counts has its own noise on top of theirs.
        var draws = Repeat(() => MorphologyIndicators.Of(image, image.Residual(i => noise.NextPoisson(Math.Max(0, image.Observed(i)))), noisePortions: 2));
        return new ClusterMorphology(
            Indicator(observed.CentroidShift, draws, draw => draw.CentroidShift), Indicator(observed.Concentration, draws, draw => draw.Concentration),
            Indicator(observed.Gini - NoiseOfGini(seed, image), draws, draw => draw.Gini), Indicator(observed.Zernike, draws, draw => draw.Zernike), image.Coverage);
    }

    private double? NoiseOfGini(Seed seed, MorphologyImage image)
    {
        var noise = seed.Derive("gini").Stream();
        var noiseless = MorphologyIndicators.Of(image, new double[image.Count], noisePortions: 0).Gini;
        var noisy = Repeat(() => MorphologyIndicators.Of(image, image.Residual(i => noise.NextPoisson(image.Expected(i))), noisePortions: 1)).Select(draw => draw.Gini).OfType<double>().ToArray();
        return noisy.Length == 0 ? null : noisy.Average() - noiseless;
    }

    private MorphologyIndicators[] Repeat(Func<MorphologyIndicators> measure) => [.. Enumerable.Range(0, Draws).Select(_ => measure())];

    private static Indicator? Indicator(double? value, MorphologyIndicators[] draws, Func<MorphologyIndicators, double?> choose)
    {
        var known = draws.Select(choose).OfType<double>().ToArray();
        if (value is not { } measured || known.Length < 2) return null;
        var mean = known.Average();
        return new Indicator(measured, Math.Sqrt(known.Sum(draw => (draw - mean) * (draw - mean)) / (known.Length - 1)));
    }

    // Pixels that the map lacks on the side where the ellipse reaches farthest beyond it.
    private static int Margin(Ellipse ellipse, MapSet maps)
    {
        var longest = 1 / (maps.PixelR500 * Math.Pow(1 - ellipse.Eccentricity * ellipse.Eccentricity, 0.25));
        var beyond = Math.Max(Math.Max(longest - ellipse.CentreX, longest - ellipse.CentreY),
            Math.Max(ellipse.CentreX + longest - (maps.Width - 1), ellipse.CentreY + longest - (maps.Height - 1)));
        return Math.Max(0, (int)Math.Ceiling(beyond) + 1);
    }
}
