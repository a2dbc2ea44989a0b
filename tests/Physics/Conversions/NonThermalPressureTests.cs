using CsCheck;

namespace ClusterSurvey.Physics.Conversions;

public class NonThermalPressureTests
{
    [Theory]
    [InlineData(0.1, 0.0055)]
    [InlineData(0.2, 0.0217)]
    [InlineData(0.24, 0.0310)]
    [InlineData(0.3, 0.0476)]
    [InlineData(0.4, 0.0816)]
    [InlineData(0.45, 0.1011)]
    [InlineData(0.5, 0.1220)]
    [InlineData(0.6, 0.1667)]
    public void Fractions_of_the_total_agree_with_the_reference_list(double mach, double fraction) =>
        Assert.Equal(fraction, NonThermalPressure.OverTotal(new MachNumber(mach)), 0.000051);

    // PITSZI 0.3.0's notebook prints both numbers rounded.
    [Fact]
    public void A_fraction_of_30_09_percent_is_Mach_0_880() => Assert.Equal(0.880, NonThermalPressure.MachOfFraction(0.3009).Value, 0.0005);

    [Fact]
    public void A_fraction_of_9_percent_is_Mach_0_422() => Assert.Equal(0.422, NonThermalPressure.MachOfFraction(0.09).Value, 0.0005);

    [Fact]
    public void The_thermal_ratio_is_the_energy_ratio_for_five_thirds() =>
        Assert.Equal(0.5 * 5 / 3 * (5.0 / 3 - 1) * 0.16, NonThermalPressure.OverThermal(new MachNumber(0.4)), 1e-12);

    [Fact]
    public void Mach_comes_back_from_its_fraction() =>
        Gen.Double[0, 3].Sample(mach => Assert.Equal(mach, NonThermalPressure.MachOfFraction(NonThermalPressure.OverTotal(new MachNumber(mach))).Value, 1e-9));

    [Theory]
    [InlineData(1)]
    [InlineData(-0.01)]
    [InlineData(double.NaN)]
    public void An_impossible_fraction_is_refused(double fraction) => Assert.Throws<ArgumentOutOfRangeException>(() => NonThermalPressure.MachOfFraction(fraction));
}
