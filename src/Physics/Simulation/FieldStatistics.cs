namespace ClusterSurvey.Physics.Simulation;

/// <summary>The one-point statistics of density fluctuations; their spectrum is the same for either.</summary>
public enum FieldStatistics
{
    /// <summary>delta is a Gaussian random field.</summary>
    Gaussian,

    /// <summary>
    /// <c>1 + delta = exp(g - var(g)/2)</c> with g Gaussian and its correlation function <c>ln(1 + xi(r))</c>, where xi is that of delta (Coles and Jones
    /// 1991):
    /// no negative densities, the same mean and spectrum. Drawn by the cube alone.
    /// </summary>
    LogNormal,
}
