using ClusterSurvey.Physics.Sky;

namespace ClusterSurvey.Physics.Tests.Sky;

public sealed class SkyPositionTests
{
    [Theory]
    [InlineData(0, 0, 90, 0, 90)]
    [InlineData(10, 90, 200, 90, 0)]
    [InlineData(0, -90, 0, 90, 180)]
    [InlineData(359.5, 0, 0.5, 0, 1)]
    [InlineData(10, 60, 11, 60, 0.49999524)]
    public void Separation_follows_the_great_circle(double ra, double dec, double otherRa, double otherDec, double expected) =>
        Assert.Equal(expected, new SkyPosition(ra, dec).SeparationDegrees(new(otherRa, otherDec)), 1e-8);

    [Fact]
    public void Separation_resolves_a_thousandth_of_an_arcsecond() =>
        Assert.Equal(1e-3 / 3600, new SkyPosition(210, 2).SeparationDegrees(new(210, 2 + 1e-3 / 3600)), 1e-12);
}
