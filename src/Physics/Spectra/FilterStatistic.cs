namespace ClusterSurvey.Physics.Spectra;

/// <summary>What of the filtered image F is taken for its power in a region.</summary>
public enum FilterStatistic
{
    /// <summary>The mean of F^2 (Arevalo et al. 2012). The survey's choice.</summary>
    MeanSquare,

    /// <summary>The variance of F about its mean in the region (pyproffit).</summary>
    Variance,
}
