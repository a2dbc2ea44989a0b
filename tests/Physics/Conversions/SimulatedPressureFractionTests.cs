namespace ClusterSurvey.Physics.Conversions;

public class SimulatedPressureFractionTests
{
    [Fact]
    public void Nelson_begins_at_9_6_percent_and_tends_to_54_8()
    {
        Assert.Equal(0.096, SimulatedPressureFraction.Nelson2014(0), 1e-12);
        Assert.Equal(1 - 0.452 * (1 + Math.Exp(-1)), SimulatedPressureFraction.Nelson2014(0.841), 1e-12);
        Assert.Equal(0.548, SimulatedPressureFraction.Nelson2014(20), 1e-6);
    }

    [Fact]
    public void Shaw_is_18_percent_at_R500_today_and_never_evolves_faster_than_either_limit()
    {
        Assert.Equal(0.18, SimulatedPressureFraction.Shaw2010(1, new Redshift(0)), 1e-12);
        Assert.Equal(0.18 * Math.Pow(0.5, 0.8), SimulatedPressureFraction.Shaw2010(0.5, new Redshift(0)), 1e-12);
        // At z = 1 the tanh branch, 1.384, is below the root of 2.
        Assert.Equal(0.18 * (1 + (Math.Pow(4, -0.8) / 0.18 - 1) * Math.Tanh(0.5)), SimulatedPressureFraction.Shaw2010(1, new Redshift(1)), 1e-12);
    }

    [Fact]
    public void Battaglia_grows_with_mass_to_the_fifth_root() =>
        Assert.Equal(0.18 * Math.Sqrt(1.5) * 2, SimulatedPressureFraction.Battaglia2012(1, new Redshift(0.5), new SolarMass(32 * 3e14)), 1e-12);
}
