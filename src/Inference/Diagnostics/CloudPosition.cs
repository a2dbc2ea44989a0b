namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>Where an observation lies in a cloud of simulated data.</summary>
/// <param name="Outside">The data (by number) that lie outside the central 99.9 % of the cloud's marginals.</param>
/// <param name="Percentiles">For every datum the share of the cloud below it, in [0, 1].</param>
/// <param name="MahalanobisDistance">Distance from the mean of the cloud by its covariance.</param>
/// <param name="MahalanobisPercentile">The share of the cloud that is nearer to its mean, in [0, 1].</param>
public sealed record CloudPosition(int[] Outside, double[] Percentiles, double MahalanobisDistance, double MahalanobisPercentile)
{
    /// <summary>Whether it lies inside every marginal and is nearer than the farthest 0.1 % of the cloud.</summary>
    public bool IsInside => Outside.Length == 0 && MahalanobisPercentile <= TrainingCloud.Share;
}
