namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>A simulated survey of objects that share their parameters, and what its joint posterior says of the truth.</summary>
/// <param name="Truth">The parameters with which every object was simulated.</param>
/// <param name="Mean">Mean of the joint posterior, one a parameter.</param>
/// <param name="StandardDeviation">Its standard deviation, one a parameter.</param>
/// <param name="Ranks">Share of the posterior's draws below the truth, one a parameter, spread within its step: uniform on [0, 1] if posteriors are right.</param>
/// <param name="Credibility">Credibility of the highest density region that ends at the truth: uniform on [0, 1] if posteriors are right.</param>
/// <param name="UpperLimits">The value below which 95 % of the posterior's draws lie, one a parameter.</param>
/// <param name="LowestTenth">Share of the draws in the lowest tenth of the prior, one a parameter: 0.1 where the data say nothing.</param>
public sealed record RecoveredCase(double[] Truth, double[] Mean, double[] StandardDeviation, double[] Ranks, double Credibility, double[] UpperLimits, double[] LowestTenth)
{
    /// <summary>(mean - truth) / standard deviation of a parameter.</summary>
    public double Pull(int parameter) => (Mean[parameter] - Truth[parameter]) / StandardDeviation[parameter];
}
