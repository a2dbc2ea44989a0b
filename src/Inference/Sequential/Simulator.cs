using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Sequential;

/// <summary>A stochastic model: data from one set of parameters.</summary>
/// <param name="seed">Origin of all that is random: the same seed and parameters give the same data.</param>
/// <param name="theta">Parameters.</param>
/// <param name="x">Receives the data, all finite.</param>
public delegate void Simulator(Seed seed, ReadOnlySpan<double> theta, Span<double> x);
