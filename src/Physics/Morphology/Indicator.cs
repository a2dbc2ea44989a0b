namespace ClusterSurvey.Physics.Morphology;

/// <summary>A measured indicator of a cluster's shape.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Error">Its standard error from counting noise.</param>
public readonly record struct Indicator(double Value, double Error);
