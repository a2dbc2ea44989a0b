namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Temperature against radius: T(r) = T500 T0 (m + x) / (1 + x) / (1 + (r/rt)^2)^(c/2) with x = (r/rcool)^acool, radii in R500
/// (Vikhlinin et al. 2006; universal parameters of Ghirardini et al. 2019).
/// </summary>
/// <param name="Temperature500KeV">T500 in keV.</param>
/// <param name="Height">T0.</param>
/// <param name="CoreRatio">m: the central temperature over T0.</param>
/// <param name="CoolingRadius">rcool in R500.</param>
/// <param name="CoolingSlope">acool.</param>
/// <param name="TransitionRadius">rt in R500.</param>
/// <param name="OuterExponent">c/2.</param>
public sealed record TemperatureProfile(
    double Temperature500KeV, double Height, double CoreRatio, double CoolingRadius, double CoolingSlope, double TransitionRadius, double OuterExponent)
{
    /// <summary>The universal profile of X-COP with T500 = 7 keV, as the survey's authors use for every cluster.</summary>
    public static TemperatureProfile XCop { get; } = new(7, 1.21, 0.5, Math.Exp(-2.78), 1.03, 0.34, 0.27);

    /// <summary>The X-COP profile of clusters without a cool core, with T500 = 7 keV.</summary>
    public static TemperatureProfile XCopWithoutCoolCore { get; } = new(7, 1.09, 0.66, Math.Exp(-4.4), 1.33, 0.45, 0.30);

    /// <summary>Temperature in keV at a 3-D radius in R500.</summary>
    public double At(double radiusR500)
    {
        var cooling = Math.Pow(radiusR500 / CoolingRadius, CoolingSlope);
        var outer = radiusR500 / TransitionRadius;
        return Temperature500KeV * Height * (CoreRatio + cooling) / ((1 + cooling) * Math.Pow(1 + outer * outer, OuterExponent));
    }
}
