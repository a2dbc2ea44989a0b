namespace ClusterSurvey.Physics.Maps;

/// <summary>Unit of an exposure map.</summary>
public enum ExposureUnit
{
    /// <summary>Vignetting-corrected seconds.</summary>
    Seconds,

    /// <summary>
    /// Effective area times time, cm^2 s. Divided by <see cref="MapPreparation.NominalAreaCm2"/> it becomes the equivalent
    /// seconds of that area; the remaining factor is absorbed by the model's normalisation and sky background.
    /// </summary>
    SquareCentimetreSeconds,
}
