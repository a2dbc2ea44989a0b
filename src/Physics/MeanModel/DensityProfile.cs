namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Squared electron density against radius, the modified Vikhlinin form without a cusp:
/// n_e^2(r) = n2 (1 + (r/rc)^2)^(-3 beta) (1 + (r/rs)^3)^(-epsilon/3), radii in R500 (Vikhlinin et al. 2006, eq. 3 with alpha = 0, gamma = 3).
/// </summary>
/// <param name="CentralSquare">n2, the squared density at the centre in cm^-6.</param>
/// <param name="CoreRadius">rc in R500.</param>
/// <param name="ScaleRadius">rs in R500.</param>
/// <param name="Beta">beta.</param>
/// <param name="Epsilon">epsilon: how much steeper the profile is beyond rs; 0 gives the beta model.</param>
public readonly record struct DensityProfile(double CentralSquare, double CoreRadius, double ScaleRadius, double Beta, double Epsilon)
{
    /// <summary>n_e^2 in cm^-6 at a 3-D radius in R500.</summary>
    public double SquareAt(double radiusR500)
    {
        var core = radiusR500 / CoreRadius;
        var scale = radiusR500 / ScaleRadius;
        return CentralSquare * Math.Exp(-3 * Beta * Math.Log(1 + core * core) - Epsilon / 3 * Math.Log(1 + scale * scale * scale));
    }
}
