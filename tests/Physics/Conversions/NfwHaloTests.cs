namespace ClusterSurvey.Physics.Conversions;

public class NfwHaloTests
{
    [Theory]
    [InlineData(1235, 0.0555)]
    [InlineData(900, 0.5)]
    public void Masses_and_radii_hold_their_own_definitions(double r500, double redshift)
    {
        var (cosmology, z) = (Cosmology.Standard, new Redshift(redshift));
        var halo = NfwHalo.Of(new Kiloparsec(r500), z, cosmology);
        double Sphere(double radiusR500) => 4.0 / 3 * Math.PI * Math.Pow(radiusR500 * r500, 3);
        double Mass(double radiusR500)
        {
            double M(double x) => Math.Log(1 + x) - x / (1 + x);
            return halo.M200.Value * M(halo.C200 * radiusR500 / halo.R200) / M(halo.C200);
        }
        Assert.Equal(5.71 * Math.Pow(halo.M200.Value * 0.7 / 2e12, -0.084) * Math.Pow(1 + redshift, -0.47), halo.C200, 1e-9);
        Assert.Equal(1, Mass(1) / cosmology.M500(new Kiloparsec(r500), z).Value, 1e-7);
        Assert.Equal(200, halo.M200.Value / Sphere(halo.R200) / cosmology.CriticalDensity(z), 1e-4);
        var matter = cosmology.CriticalDensity(new Redshift(0)) * 0.3 * Math.Pow(1 + redshift, 3);
        Assert.Equal(200, Mass(halo.R200Mean) / Sphere(halo.R200Mean) / matter, 1e-4);
        Assert.InRange(halo.C200, 2.5, 4.5);
    }

    [Fact]
    public void A_length_that_is_none_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => NfwHalo.Of(new Kiloparsec(0), new Redshift(0.1), Cosmology.Standard));
}
