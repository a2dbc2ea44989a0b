namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// The unperturbed emission of a cluster as the simulators see it: a radial emissivity, the elliptical radius of
/// every pixel, and what lies in front of and behind the cluster. One draw of the mean model's posterior gives one.
/// </summary>
/// <param name="EllipticalRadius">Elliptical radius rho of each pixel centre [y, x] in R500, row by row.</param>
/// <param name="Emissivity">eps(r) in counts s^-1 kpc^-3, of the 3-D radius r = sqrt(rho^2 + z^2) in R500.</param>
/// <param name="R500Kpc">The length of R500 in kpc: the line-of-sight integral is in kpc.</param>
/// <param name="SkyBackground">Sky background in counts s^-1 kpc^-2, constant over the field.</param>
public sealed record ClusterEmission(double[] EllipticalRadius, Func<double, double> Emissivity, double R500Kpc, double SkyBackground);
