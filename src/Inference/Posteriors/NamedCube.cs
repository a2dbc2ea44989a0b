namespace ClusterSurvey.Inference.Posteriors;

/// <summary>The log-likelihood of one object of a sample.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="Cube">Its log-likelihood.</param>
public sealed record NamedCube(string Name, LikelihoodCube Cube);
