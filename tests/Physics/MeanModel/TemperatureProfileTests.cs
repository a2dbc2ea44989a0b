namespace ClusterSurvey.Physics.MeanModel;

public class TemperatureProfileTests
{
    [Theory]
    [InlineData(0, 4.235)]
    [InlineData(0.05, 6.08296)]
    [InlineData(0.1, 6.71086)]
    [InlineData(0.2, 6.91621)]
    [InlineData(0.5, 5.88290)]
    [InlineData(1, 4.46858)]
    [InlineData(2, 3.18449)]
    public void The_universal_profile_has_the_reference_temperatures(double radius, double keV) =>
        Assert.Equal(1, TemperatureProfile.XCop.At(radius) / keV, 1e-5);

    [Fact]
    public void Clusters_without_a_cool_core_are_warmer_in_the_centre() =>
        Assert.True(TemperatureProfile.XCopWithoutCoolCore.At(0.01) > TemperatureProfile.XCop.At(0.01));
}
