namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// What is done about the mean of (1 + delta)^2, which is 1 + sigma_grid^2: a smooth excess over the model that data never show,
/// because their mean model is fitted to the perturbed image.
/// </summary>
public enum SecondOrder
{
    /// <summary>Nothing, as in the released code of Dupourque et al. 2023.</summary>
    Paper,

    /// <summary>The emission is divided by 1 + sigma_grid^2.</summary>
    Normalised,

    /// <summary>
    /// The emission is divided, and before the residual is taken a smooth factor over the mean model is fitted to the counts, observed or simulated (<see cref="SmoothFactorFit"/>): what is left hardly depends on
    /// what the mean model took up before. What was fitted has that mean in it already. The survey's choice. The expected null is that of noise without a fit, for data and simulations alike.
    /// </summary>
    Refit,
}
