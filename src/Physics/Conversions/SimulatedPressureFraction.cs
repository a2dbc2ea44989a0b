namespace ClusterSurvey.Physics.Conversions;

/// <summary>P_nonthermal / P_total against radius in hydrodynamical simulations: curves to compare a survey with.</summary>
public static class SimulatedPressureFraction
{
    /// <summary>Nelson et al. 2014 (ApJ 792, 25, eq. 7): 1 - 0.452 (1 + exp(-(x / 0.841)^1.628)), independent of mass and redshift.</summary>
    /// <param name="radiusR200Mean">x = r / R200m, R200m with respect to the mean density of the Universe.</param>
    public static double Nelson2014(double radiusR200Mean) => 1 - 0.452 * (1 + Math.Exp(-Math.Pow(radiusR200Mean / 0.841, 1.628)));

    /// <summary>Shaw et al. 2010 (ApJ 725, 1452): 0.18 f(z) (r/R500)^0.8 with f = min[(1+z)^0.5, (4^-0.8 / 0.18 - 1) tanh(0.5 z) + 1].</summary>
    public static double Shaw2010(double radiusR500, Redshift redshift)
    {
        var evolution = Math.Min(Math.Sqrt(redshift.Stretch), (Math.Pow(4, -0.8) / 0.18 - 1) * Math.Tanh(0.5 * redshift.Value) + 1);
        return 0.18 * evolution * Math.Pow(radiusR500, 0.8);
    }

    /// <summary>Battaglia et al. 2012 (ApJ 758, 74): 0.18 (1+z)^0.5 (r/R500)^0.8 (M200 / 3e14 Msun)^0.2.</summary>
    public static double Battaglia2012(double radiusR500, Redshift redshift, SolarMass m200) =>
        0.18 * Math.Sqrt(redshift.Stretch) * Math.Pow(radiusR500, 0.8) * Math.Pow(m200.Value / 3e14, 0.2);
}
