namespace ClusterSurvey.Inference.Samplers;

/// <summary>A place of a trajectory with its momentum.</summary>
/// <param name="Place">Parameters.</param>
/// <param name="Momentum">Momenta.</param>
/// <param name="Gradient">Gradient of the log density at the place.</param>
/// <param name="LogDensity">Log density at the place; minus infinity where it is zero.</param>
internal sealed record PhasePoint(double[] Place, double[] Momentum, double[] Gradient, double LogDensity);
