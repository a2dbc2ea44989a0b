namespace ClusterSurvey.Inference.Samplers;

/// <summary>The logarithm of a density, up to a constant, at many points at once.</summary>
/// <param name="theta">Points row by row, n x parameters.</param>
/// <param name="logDensity">Receives n values; minus infinity where the density is zero. NaN counts as that.</param>
public delegate void LogDensity(ReadOnlySpan<double> theta, Span<double> logDensity);
