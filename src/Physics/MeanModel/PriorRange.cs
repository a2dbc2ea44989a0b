namespace ClusterSurvey.Physics.MeanModel;

/// <summary>A uniform prior.</summary>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
public readonly record struct PriorRange(double Low, double High);
