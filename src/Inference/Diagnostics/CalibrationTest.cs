namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>One test of uniformity.</summary>
/// <param name="Kind">"sbc", "coverage" or "tarp".</param>
/// <param name="Parameter">Name of the parameter, or "joint".</param>
/// <param name="Statistic">Kolmogorov-Smirnov distance from the uniform distribution.</param>
/// <param name="PValue">Probability of a larger distance if the posteriors are right.</param>
/// <param name="AdjustedPValue">The same, corrected for all tests of the report (Holm).</param>
/// <param name="Passes">Whether the adjusted probability is at least the level of the report.</param>
public sealed record CalibrationTest(string Kind, string Parameter, double Statistic, double PValue, double AdjustedPValue, bool Passes);
