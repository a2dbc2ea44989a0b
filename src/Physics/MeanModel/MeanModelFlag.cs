namespace ClusterSurvey.Physics.MeanModel;

/// <summary>What a reader must know before trusting a fit of the mean model.</summary>
public enum MeanModelFlag
{
    /// <summary>The search for the maximum ended at its limit of iterations.</summary>
    NotConverged,

    /// <summary>The posterior's curvature was not positive at the maximum; the sampler used the expected (Fisher) curvature in its place.</summary>
    CurvatureRegularised,

    /// <summary>The posterior's draws are worth fewer than 10 independent ones: widths are rough.</summary>
    PosteriorApproximate,

    /// <summary>A parameter other than the sky background lies within 1 % of an end of its prior range.</summary>
    ParameterAtPriorEdge,

    /// <summary>The C-statistic is more than 5 standard deviations above its expectation: structure the model does not have, or a wrong background.</summary>
    PoorFit,

    /// <summary>The centre is more than 0.15 R500 from the catalogue's.</summary>
    CentreFarFromCatalogue,

    /// <summary>Fewer than 1000 source counts: the shape is largely the prior's.</summary>
    FewCounts,

    /// <summary>Fewer than half of the pixels within R500 may be used.</summary>
    LittleCoverage,
}
