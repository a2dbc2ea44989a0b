namespace ClusterSurvey.Physics.Simulation;

public class RadialTableTests
{
    [Theory]
    [InlineData(-3)]
    [InlineData(-6)]
    [InlineData(2)]
    public void Lookups_are_within_a_ten_thousandth_of_a_power_law(double exponent)
    {
        var table = new RadialTable(radius => Math.Pow(radius, exponent), 0.01, 8);
        for (var radius = 0.011; radius < 7.9; radius *= 1.0137)
            Assert.Equal(1, table.At((float)(radius * radius)) / Math.Pow(radius, exponent), 1e-4);
    }

    [Fact]
    public void Beyond_its_ends_a_table_is_constant()
    {
        var table = new RadialTable(radius => radius, 0.5, 2);
        Assert.Equal(table.At(0.25f), table.At(0));
        Assert.Equal(table.At(4), table.At(1000));
        Assert.Equal(2, table.At(4), 1e-2);
    }
}
