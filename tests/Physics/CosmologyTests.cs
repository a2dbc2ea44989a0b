using CsCheck;

namespace ClusterSurvey.Physics;

public class CosmologyTests
{
    private static readonly Cosmology Cosmology = Cosmology.Standard;

    // Half a unit of the last printed digit.
    [Theory]
    [InlineData(0.0473, 55.66, 200.40)]
    [InlineData(0.0555, 64.68, 234.69)]
    [InlineData(0.09, 100.75, 377.51)]
    [InlineData(0.2, 197.98, 816.72)]
    [InlineData(0.3, 267.26, 1194.40)]
    [InlineData(0.6, 401.13, 2206.37)]
    public void Distances_agree_with_the_reference_table(double redshift, double kpcPerArcminute, double comovingMpc)
    {
        var z = new Redshift(redshift);
        Assert.Equal(kpcPerArcminute, Cosmology.LengthPerArcminute(z).Value, 0.0051);
        Assert.Equal(comovingMpc, Cosmology.ComovingDistanceMpc(z), 0.0051);
    }

    [Theory]
    [InlineData("A85", 0.0555, 1235, 19.09, 5.65)]
    [InlineData("A644", 0.0704, 1250, 15.50, 5.94)]
    [InlineData("A1644", 0.0473, 1054, 18.94, 3.48)]
    [InlineData("A1795", 0.0622, 1153, 16.03, 4.63)]
    [InlineData("A2029", 0.0766, 1414, 16.24, 8.65)]
    [InlineData("A2142", 0.0900, 1424, 14.13, 8.95)]
    [InlineData("A2255", 0.0809, 1196, 13.07, 5.26)]
    [InlineData("A2319", 0.0557, 1368, 21.08, 7.68)]
    [InlineData("A3158", 0.0590, 1123, 16.40, 4.26)]
    [InlineData("A3266", 0.0589, 1430, 20.92, 8.80)]
    [InlineData("RXC1825", 0.0650, 1105, 14.75, 4.08)]
    [InlineData("ZW1215", 0.0766, 1358, 15.59, 7.66)]
    public void Xcop_angles_and_masses_follow_from_redshift_and_R500(string name, double redshift, double r500, double theta500, double m500)
    {
        var (z, length) = (new Redshift(redshift), new Kiloparsec(r500));
        Assert.True(Math.Abs(Cosmology.Angle(length, z).Value - theta500) < 0.0051, $"{name}: theta500 {Cosmology.Angle(length, z).Value}");
        Assert.True(Math.Abs(Cosmology.M500(length, z).Value / 1e14 - m500) < 0.0051, $"{name}: M500 {Cosmology.M500(length, z).Value}");
    }

    [Fact]
    public void R500_comes_back_from_its_angle_and_from_its_mass() =>
        Gen.Select(Gen.Double[0.01, 1.5], Gen.Double[300, 2000]).Sample((redshift, kpc) =>
        {
            var (z, r500) = (new Redshift(redshift), new Kiloparsec(kpc));
            Assert.Equal(1, Cosmology.Length(Cosmology.Angle(r500, z), z) / r500, 1e-12);
            Assert.Equal(1, Cosmology.R500(Cosmology.M500(r500, z), z) / r500, 1e-12);
        });

    [Fact]
    public void A_universe_of_matter_alone_has_the_closed_form_distance()
    {
        var einsteinDeSitter = new Cosmology(70, 1);
        var expected = 2 * 299792.458 / 70 * (1 - 1 / Math.Sqrt(2.5));
        Assert.Equal(1, einsteinDeSitter.ComovingDistanceMpc(new Redshift(1.5)) / expected, 1e-12);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_redshift_that_is_none_is_refused(double redshift) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Cosmology.ComovingDistanceMpc(new Redshift(redshift)));
}
