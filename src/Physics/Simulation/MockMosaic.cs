namespace ClusterSurvey.Physics.Simulation;

/// <summary>The maps of a mock observation, row by row.</summary>
/// <param name="ExposureSeconds">Vignetting-corrected exposure, s; 0 outside every field of view.</param>
/// <param name="Background">Particle background, counts per pixel.</param>
/// <param name="Mask">True where there is exposure and no hole.</param>
/// <param name="HoleCentres">Centres of the holes in pixels, 0 at the centre of the first pixel.</param>
public sealed record MockMosaic(double[] ExposureSeconds, double[] Background, bool[] Mask, IReadOnlyList<(double X, double Y)> HoleCentres);
