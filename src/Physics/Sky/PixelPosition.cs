namespace ClusterSurvey.Physics.Sky;

/// <summary>A place in an image: x along a row (NAXIS1), y across rows (NAXIS2), 0 at the centre of the first pixel.</summary>
/// <param name="X">Pixels along x.</param>
/// <param name="Y">Pixels along y.</param>
public readonly record struct PixelPosition(double X, double Y);
