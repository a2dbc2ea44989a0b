namespace ClusterSurvey.Physics.Conversions;

/// <summary>
/// Hydrostatic bias b of turbulence, M_HSE = (1 - b) M_tot. Hydrostatic equilibrium of the total pressure P_tot = P_th / (1 - a), with a = P_turb / P_tot, gives
/// M_tot = M_HSE / (1 - a) - r^2 P_th a' / (G rho (1 - a)^2).
/// </summary>
public static class HydrostaticBias
{
    /// <summary>b where the turbulent fraction does not change with radius: the fraction P_turb / P_tot itself.</summary>
    public static double FromConstantFraction(double turbulentFraction) => turbulentFraction;

    /// <summary>
    /// b with the gradients: M_tot / M_HSE = [1 + (dln a/dln r) a / ((1 - a) dlnP/dln r)] / (1 - a), since M_HSE = -r^2 P_th' / (G rho).
    /// </summary>
    /// <param name="turbulentFraction">a = P_turb / P_tot at the radius, from 0 to below 1.</param>
    /// <param name="fractionSlope">dln a / dln r.</param>
    /// <param name="thermalPressureSlope">dln P_th / dln r, below 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A fraction or a slope outside its range.</exception>
    public static double FromProfile(double turbulentFraction, double fractionSlope, double thermalPressureSlope)
    {
        if (!(turbulentFraction >= 0 && turbulentFraction < 1)) throw new ArgumentOutOfRangeException(nameof(turbulentFraction), turbulentFraction, "P_turb / P_tot lies from 0 to below 1");
        if (!(thermalPressureSlope < 0)) throw new ArgumentOutOfRangeException(nameof(thermalPressureSlope), thermalPressureSlope, "thermal pressure falls outwards: its logarithmic slope is below 0");
        var thermalFraction = 1 - turbulentFraction;
        var totalOverHydrostatic = (1 + fractionSlope * turbulentFraction / (thermalFraction * thermalPressureSlope)) / thermalFraction;
        return 1 - 1 / totalOverHydrostatic;
    }

    /// <summary>Total mass from the hydrostatic mass and quantities at the radius, the formula in physical units.</summary>
    /// <param name="hydrostatic">M_HSE inside the radius.</param>
    /// <param name="turbulentFraction">a = P_turb / P_tot.</param>
    /// <param name="fractionGradient">da/dr in 1/kpc.</param>
    /// <param name="radius">r.</param>
    /// <param name="thermalVelocitySquared">P_th / rho = kT / (mu m_p) in (km/s)^2.</param>
    public static SolarMass TotalMass(SolarMass hydrostatic, double turbulentFraction, double fractionGradient, Kiloparsec radius, double thermalVelocitySquared)
    {
        var thermalFraction = 1 - turbulentFraction;
        var gradientTerm = radius.Value * radius.Value * thermalVelocitySquared * fractionGradient / (Cosmology.GravitationalConstant * thermalFraction * thermalFraction);
        return new SolarMass(hydrostatic.Value / thermalFraction - gradientTerm);
    }
}
