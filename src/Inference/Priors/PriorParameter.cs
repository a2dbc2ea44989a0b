namespace ClusterSurvey.Inference.Priors;

/// <summary>One named parameter of a prior.</summary>
/// <param name="Name">The name, unique within the prior; it names columns and axes.</param>
/// <param name="Distribution">What is believed before the data.</param>
public sealed record PriorParameter(string Name, PriorDistribution Distribution);
