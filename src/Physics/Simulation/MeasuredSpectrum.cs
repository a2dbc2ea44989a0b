namespace ClusterSurvey.Physics.Simulation;

/// <summary>A spectrum against its null; all arrays are [region, scale] row by row.</summary>
/// <param name="Power">P of the absolute fluctuation map, (counts s^-1 kpc^-2)^2 R500^2.</param>
/// <param name="NullPower">The null's P.</param>
/// <param name="S">ln P - ln P_null.</param>
public sealed record MeasuredSpectrum(double[] Power, double[] NullPower, double[] S);
