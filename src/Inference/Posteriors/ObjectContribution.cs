namespace ClusterSurvey.Inference.Posteriors;

/// <summary>What one object does to a joint posterior.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="LogLikelihoodRange">
/// How far its log-likelihood varies over the joint posterior, in nats: the difference of its 2.5 and 97.5 % quantiles
/// under the posterior without it. Objects that know equally much have similar ranges.
/// </param>
/// <param name="MeanShift">Per parameter: (mean of all - mean without it) / standard deviation without it.</param>
/// <param name="WidthRatio">Per parameter: standard deviation of all / standard deviation without it; 1 when it adds nothing.</param>
/// <param name="InformationGain">
/// Kullback-Leibler divergence of the posterior of all from that without it, in nats: large for an object that
/// dominates or that contradicts the rest.
/// </param>
/// <param name="Flags">The flags of its cube.</param>
public sealed record ObjectContribution(
    string Name, double LogLikelihoodRange, double[] MeanShift, double[] WidthRatio, double InformationGain, LikelihoodFlags Flags);
