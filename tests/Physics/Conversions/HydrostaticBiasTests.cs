namespace ClusterSurvey.Physics.Conversions;

public class HydrostaticBiasTests
{
    [Fact]
    public void Without_a_gradient_the_bias_is_the_turbulent_fraction() =>
        Assert.Equal(HydrostaticBias.FromConstantFraction(0.09), HydrostaticBias.FromProfile(0.09, 0, -3), 1e-12);

    [Fact]
    public void A_fraction_that_grows_outwards_lowers_the_bias() => Assert.True(HydrostaticBias.FromProfile(0.1, 0.8, -3) < 0.1);

    // P_th ~ r^-3, a = 0.1 r^0.8 around r = 1, differentiated numerically: M is proportional to -dP/dr / rho.
    [Fact]
    public void The_slopes_give_what_differentiating_the_total_pressure_gives()
    {
        static double Thermal(double r) => Math.Pow(r, -3);
        static double Total(double r) => Thermal(r) / (1 - 0.1 * Math.Pow(r, 0.8));
        var ratio = (Total(1.0001) - Total(0.9999)) / (Thermal(1.0001) - Thermal(0.9999));
        Assert.Equal(1 - 1 / ratio, HydrostaticBias.FromProfile(0.1, 0.8, -3), 1e-7);
    }

    [Fact]
    public void Slopes_and_physical_units_agree()
    {
        const double fraction = 0.12, fractionSlope = 0.7, pressureSlope = -3.2, thermalVelocitySquared = 9e5;
        var radius = new Kiloparsec(1200);
        var hydrostatic = new SolarMass(-pressureSlope * thermalVelocitySquared * radius.Value / Cosmology.GravitationalConstant);
        var total = HydrostaticBias.TotalMass(hydrostatic, fraction, fractionSlope * fraction / radius.Value, radius, thermalVelocitySquared);
        Assert.Equal(HydrostaticBias.FromProfile(fraction, fractionSlope, pressureSlope), 1 - hydrostatic / total, 1e-12);
    }

    [Fact]
    public void Pressure_that_rises_outwards_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => HydrostaticBias.FromProfile(0.1, 0, 1));
}
