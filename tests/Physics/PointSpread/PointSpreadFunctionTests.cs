namespace ClusterSurvey.Physics.PointSpread;

public class PointSpreadFunctionTests
{
    private static readonly PointSpreadFunction Epic = new([(new KingProfile(6.6, 1.5), 1065), (new KingProfile(5, 1.45), 566)]);

    // exp(-2 pi^2 sigma^2 k^2): the cut at 300 arcsec takes nothing.
    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(0.03)]
    [InlineData(0.07)]
    public void A_Gaussian_has_a_Gaussian_transfer(double k)
    {
        var profile = GaussianProfile.OfHalfEnergyWidth(15);
        Assert.Equal(6.37, profile.SigmaArcsec, 0.005);
        Assert.Equal(Math.Exp(-2 * Math.PI * Math.PI * profile.SigmaArcsec * profile.SigmaArcsec * k * k), PointSpreadFunction.Of(profile).Transfer(k), 1e-4);
    }

    // Slope 3/2 without a cut: exp(-2 pi rc k). A cut far out leaves rc / cut of the light away, and what is within it is scaled up by as much.
    [Theory]
    [InlineData(0.005)]
    [InlineData(0.02)]
    [InlineData(0.05)]
    public void A_King_profile_of_slope_three_halves_has_an_exponential_transfer(double k)
    {
        const double cut = 3e5;
        var psf = new PointSpreadFunction([(new KingProfile(6.6, 1.5), 1)], cut);
        Assert.Equal(Math.Exp(-2 * Math.PI * 6.6 * k), psf.Transfer(k), 3e-4);
    }

    // Half of the light of a King profile without a cut lies within rc sqrt(2^(1/(alpha-1)) - 1); the cut draws it inwards.
    [Fact]
    public void Light_within_a_radius_is_that_of_the_profiles()
    {
        Assert.Equal(15, PointSpreadFunction.Of(GaussianProfile.OfHalfEnergyWidth(15)).HalfEnergyWidthArcsec, 1e-3);
        var uncut = new PointSpreadFunction([(new KingProfile(6.6, 1.5), 1)], 1e7);
        Assert.Equal(2 * 6.6 * Math.Sqrt(3), uncut.HalfEnergyWidthArcsec, 1e-2);
        Assert.InRange(Epic.HalfEnergyWidthArcsec, 18, 2 * 6.6 * Math.Sqrt(3));
        Assert.Equal((0, 1, 1), (Epic.EnergyWithin(0), Epic.EnergyWithin(300), Epic.EnergyWithin(1e4)));
        Assert.Equal(1, Epic.Transfer(0), 1e-12);
        Assert.Equal(1065.0 / 1631, (Epic.EnergyWithin(10) - Mos.EnergyWithin(10)) / (Pn.EnergyWithin(10) - Mos.EnergyWithin(10)), 0.02);
    }

    private static PointSpreadFunction Pn => PointSpreadFunction.Of(new KingProfile(6.6, 1.5));

    private static PointSpreadFunction Mos => PointSpreadFunction.Of(new KingProfile(5, 1.45));

    [Fact]
    public void It_says_what_it_is_made_of()
    {
        Assert.Equal("0.653 of (King, core radius 6.6 arcsec, slope 1.5) + 0.347 of (King, core radius 5 arcsec, slope 1.45), cut at 300 arcsec", Epic.InWords);
        Assert.Equal("Gaussian, half-energy width 15 arcsec, cut at 300 arcsec", PointSpreadFunction.Of(GaussianProfile.OfHalfEnergyWidth(15)).InWords);
    }

    [Fact]
    public void What_is_no_profile_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KingProfile(0, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KingProfile(5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianProfile(double.NaN));
        Assert.Throws<ArgumentException>(() => new PointSpreadFunction([]));
        Assert.Throws<ArgumentException>(() => new PointSpreadFunction([(new KingProfile(5, 1.5), -1)]));
        Assert.Throws<ArgumentException>(() => new PointSpreadFunction([(new KingProfile(5, 1.5), 1)], 0));
    }
}
