namespace ClusterSurvey.Physics.Simulation;

/// <summary>The null spectrum to which a spectrum is compared.</summary>
public enum NullTreatment
{
    /// <summary>
    /// The logarithm of the expected power of Poisson noise about the reference model, computed exactly: the same numbers for the data and all
    /// simulations, so that they add no noise of their own. The survey's choice.
    /// </summary>
    Mean,

    /// <summary>The power of one independent Poisson draw of the unperturbed model, afresh for each simulation, as in the released code of Dupourque et al. 2023.</summary>
    Draw,
}
