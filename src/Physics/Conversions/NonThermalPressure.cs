namespace ClusterSurvey.Physics.Conversions;

/// <summary>Pressure of isotropic turbulence, rho M3D^2 c_s^2 / 3, against the thermal one.</summary>
public static class NonThermalPressure
{
    /// <summary>P_turb / P_th = gamma/3 M^2.</summary>
    public static double OverThermal(MachNumber mach) => GasPhysics.AdiabaticIndex / 3 * mach.Value * mach.Value;

    /// <summary>P_turb / P_tot = gamma M^2 / (gamma M^2 + 3).</summary>
    public static double OverTotal(MachNumber mach)
    {
        var ratio = OverThermal(mach);
        return ratio / (1 + ratio);
    }

    /// <summary>The Mach number whose turbulence makes this fraction of the total pressure: the inverse of <see cref="OverTotal"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A fraction outside 0 (included) to 1 (excluded).</exception>
    public static MachNumber MachOfFraction(double overTotal)
    {
        if (!(overTotal >= 0 && overTotal < 1)) throw new ArgumentOutOfRangeException(nameof(overTotal), overTotal, "a fraction of the total pressure lies from 0 to below 1");
        return new MachNumber(Math.Sqrt(3 / GasPhysics.AdiabaticIndex * overTotal / (1 - overTotal)));
    }
}
