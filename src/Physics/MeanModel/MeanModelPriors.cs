namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Priors of the mean model (Dupourque et al. 2023, with three changes). The centre's offset is normal in R500, so that it does not depend
/// on the image's origin. The ellipse has a normal prior on its shear (lambda cos 2 angle, lambda sin 2 angle), lambda = minus half the logarithm
/// of 1 - e^2 (twice the logarithm of the axis ratio's inverse root): a prior uniform in eccentricity has a pole at the circle in the plane in which
/// shapes are measured, and would call every round cluster exactly round. Both agree wherever the data measure an ellipse.
/// </summary>
public sealed record MeanModelPriors
{
    /// <summary>Standard deviation of each coordinate of the centre's offset in R500.</summary>
    public double OffsetDeviationR500 { get; init; } = 0.1;

    /// <summary>Standard deviation of each component of the ellipse's shear; 0.5 is an axis ratio of 0.6.</summary>
    public double ShearDeviation { get; init; } = 0.5;

    /// <summary>log10 of the sky background in counts s^-1 kpc^-2.</summary>
    public PriorRange Log10SkyBackground { get; init; } = new(-10, -4);

    /// <summary>
    /// log10 of the central squared density in cm^-6. The paper ends at -3; cool cores reach 0.1 cm^-3, and Psi's normalisation is known to 40 % only.
    /// </summary>
    public PriorRange Log10DensitySquared { get; init; } = new(-8, -1);

    /// <summary>log10 of the core radius in R500.</summary>
    public PriorRange Log10CoreRadius { get; init; } = new(-2, 0);

    /// <summary>log10 of the scale radius in R500.</summary>
    public PriorRange Log10ScaleRadius { get; init; } = new(-1, 1);

    /// <summary>beta.</summary>
    public PriorRange Beta { get; init; } = new(0, 5);

    /// <summary>epsilon.</summary>
    public PriorRange Epsilon { get; init; } = new(0, 5);

    internal PriorRange[] Ranges => [Log10SkyBackground, Log10DensitySquared, Log10CoreRadius, Log10ScaleRadius, Beta, Epsilon];
}
