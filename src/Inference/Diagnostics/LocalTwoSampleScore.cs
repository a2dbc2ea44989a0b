namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>How far the posterior of one observation is from the right one, as a classifier sees it.</summary>
/// <param name="Statistic">
/// Mean over the posterior's draws of (p - 1/2)^2, p the classifier's probability that a draw is a true parameter: 0 when nothing tells them apart.
/// </param>
/// <param name="PValue">Probability of as large a statistic if the posterior is right, from the trials with exchanged labels.</param>
/// <param name="NullStatistics">The statistic of every trial.</param>
public sealed record LocalTwoSampleScore(double Statistic, double PValue, double[] NullStatistics);
