using ClusterSurvey.Inference.Posteriors;

namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>What one simulated survey of known truth says of the error that likelihoods have in common (<see cref="CommonErrorTest"/>), for every power of their product that is tried.</summary>
/// <param name="LogDensities">ln p_beta(truth | x_1, ..., x_N).</param>
/// <param name="NearEnds">The part of the posterior's mass that has a parameter near an end of the prior (<see cref="CommonError.End"/>).</param>
public sealed record CommonErrorScore(double[] LogDensities, double[] NearEnds);
