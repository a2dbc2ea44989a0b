namespace ClusterSurvey.Physics.Morphology;

/// <summary>
/// The shape of a cluster's surface brightness within R500, measured on its maps (<see cref="MorphologyMeasurement"/>). An indicator is null where there
/// is no light to measure it.
/// </summary>
/// <param name="CentroidShift">Centroid shift w in R500: the scatter of the centroid over ten apertures.</param>
/// <param name="Concentration">Light within 0.15 R500 over light within R500.</param>
/// <param name="Gini">Gini coefficient of the pixels.</param>
/// <param name="Zernike">Sum of the square roots of the amplitudes of the Zernike modes that depend on direction.</param>
/// <param name="Coverage">Part of the mean model's light within R500 that falls on usable pixels; the rest of the image is the mean model.</param>
public sealed record ClusterMorphology(Indicator? CentroidShift, Indicator? Concentration, Indicator? Gini, Indicator? Zernike, double Coverage)
{
    /// <summary>Below this coverage the indicators say as much of the mean model as of the cluster.</summary>
    public const double LeastCoverage = 0.7;
}
