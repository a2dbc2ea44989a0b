using ClusterSurvey.Activities.Fits;
using ClusterSurvey.Physics.Sky;
using CsCheck;

namespace ClusterSurvey.Activities.Tests.Fits;

public sealed class FitsWcsTests
{
    private static readonly FitsCard[] Sound =
    [
        FitsCard.OfText("CTYPE1", "RA---TAN"), FitsCard.OfText("CTYPE2", "DEC--TAN"), FitsCard.OfNumber("CRPIX1", 256.5), FitsCard.OfNumber("CRPIX2", 256.5),
        FitsCard.OfNumber("CRVAL1", 55.83), FitsCard.OfNumber("CRVAL2", -53.73), FitsCard.OfNumber("CDELT1", -0.001), FitsCard.OfNumber("CDELT2", 0.001),
    ];

    [Fact]
    public void Pixels_count_from_0_here_and_from_1_in_the_file() => Assert.Equal(new PixelPosition(255.5, 255.5), Read().ReferencePixel);

    // The same projection by astropy 5.2's TAN, from the header with PC1_1 = 0.8, PC1_2 = -0.6, PC2_1 = 0.6, PC2_2 = 0.8.
    [Fact]
    public void A_pc_matrix_turns_the_steps()
    {
        var sky = Read(FitsCard.OfNumber("PC1_1", 0.8), FitsCard.OfNumber("PC1_2", -0.6), FitsCard.OfNumber("PC2_1", 0.6), FitsCard.OfNumber("PC2_2", 0.8)).ToSky(new(511, 3));
        Assert.Equal(55.227726554349054, sky.RaDegrees, 1e-9);
        Assert.Equal(-53.777190956080645, sky.DecDegrees, 1e-10);
    }

    [Fact]
    public void A_cd_matrix_outranks_the_steps_and_its_missing_terms_are_0()
    {
        var wcs = Read(FitsCard.OfNumber("CD1_1", -0.002), FitsCard.OfNumber("CD2_2", 0.002));
        Assert.Equal(new PixelMatrix(-0.002, 0, 0, 0.002), wcs.Matrix);
    }

    [Fact]
    public void The_older_rotation_keyword_turns_the_image() => Assert.Equal(PixelMatrix.FromRotation(-0.001, 0.001, 33), Read(FitsCard.OfInteger("CROTA2", 33)).Matrix);

    [Fact]
    public void Arcsec_and_arcmin_are_units_too()
    {
        var cards = Sound.Select(card => card.Keyword switch
        {
            "CDELT1" or "CRVAL1" => FitsCard.OfNumber(card.Keyword, 60 * Header(card).Number(card.Keyword)),
            "CDELT2" or "CRVAL2" => FitsCard.OfNumber(card.Keyword, 3600 * Header(card).Number(card.Keyword)),
            _ => card,
        });
        var wcs = FitsWcs.Read(Header([.. cards, FitsCard.OfText("CUNIT1", "arcmin"), FitsCard.OfText("CUNIT2", "arcsec")]));
        Assert.Equal(0, wcs.CornerMismatchPixels(Read(), 512, 512), 1e-6);
    }

    [Theory]
    [InlineData("RADESYS", "FK5", null, null)]
    [InlineData("RADECSYS", "FK5     ", "EQUINOX", "2000.0")]
    [InlineData("RADESYS", "ICRS", "EQUINOX", "J2000.0")]
    [InlineData("RADESYS", "icrs", null, null)]
    [InlineData(null, null, "EQUINOX", "2000")]
    [InlineData(null, null, null, null)]
    public void J2000_is_known_by_all_its_spellings(string? system, string? name, string? year, string? equinox)
    {
        FitsCard[] cards = [.. system is null ? [] : new[] { FitsCard.OfText(system, name!) }, .. year is null ? [] : new[] { FitsCard.OfText(year, equinox!) }];
        Assert.Equal(55.83, Read(cards).Reference.RaDegrees);
        Assert.Equal(55.83, Read([.. cards.Where(card => card.Keyword != "EQUINOX"), FitsCard.OfInteger("EQUINOX", 2000)]).Reference.RaDegrees);
    }

    [Theory]
    [InlineData("CTYPE1", "RA---SIN")]
    [InlineData("CTYPE1", "GLON-TAN")]
    [InlineData("CTYPE1", "RA---TAN-SIP")]
    [InlineData("CTYPE1", "DEC--TAN")]
    [InlineData("CTYPE2", "DEC--CAR")]
    [InlineData("CTYPE2", "GLAT-AIT")]
    [InlineData("RADESYS", "FK4")]
    [InlineData("RADECSYS", "FK4-NO-E")]
    [InlineData("EQUINOX", "1950.0")]
    [InlineData("EQUINOX", "B1950")]
    [InlineData("CUNIT1", "pixel")]
    public void What_is_not_supported_is_refused_by_name(string keyword, string value)
    {
        var refusal = Assert.Throws<FitsException>(() => Read(FitsCard.OfText(keyword, value)));
        Assert.Equal(keyword, refusal.Keyword);
        Assert.Contains(value, refusal.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EQUINOX", 1950)]
    [InlineData("EPOCH", 1950)]
    [InlineData("LONPOLE", 90)]
    [InlineData("PV2_1", 0.5)]
    [InlineData("CRVAL2", 91)]
    [InlineData("CDELT1", 0)]
    public void Numbers_that_are_not_supported_are_refused_by_name(string keyword, double value) =>
        Assert.Equal(keyword, Assert.Throws<FitsException>(() => Read(FitsCard.OfNumber(keyword, value))).Keyword);

    [Theory]
    [InlineData("CTYPE1")]
    [InlineData("CTYPE2")]
    [InlineData("CRVAL1")]
    [InlineData("CRVAL2")]
    [InlineData("CRPIX1")]
    [InlineData("CRPIX2")]
    [InlineData("CDELT1")]
    [InlineData("CDELT2")]
    public void Nothing_is_assumed_where_a_keyword_is_missing(string keyword) =>
        Assert.Equal(keyword, Assert.Throws<FitsException>(() => FitsWcs.Read(Header([.. Sound.Where(card => card.Keyword != keyword)]))).Keyword);

    [Fact]
    public void Pixels_that_are_not_square_are_refused() => Assert.Contains("0.5", Assert.Throws<FitsException>(() => Read(FitsCard.OfNumber("CDELT2", 0.002))).Found, StringComparison.Ordinal);

    [Fact]
    public void What_is_written_is_read_again() =>
        Gen.Select(Gen.Double[0, 360], Gen.Double[-89, 89], Gen.Double[-500, 500], Gen.Double[1e-4, 0.01], Gen.Double[-180, 180], Gen.Bool).Sample((ra, dec, x, pixel, angle, upright) =>
        {
            var wcs = new Wcs(new(ra, dec), new(x, -x), upright ? PixelMatrix.NorthUp(pixel) : PixelMatrix.FromRotation(-pixel, pixel, angle));
            var back = FitsWcs.Read(Header([.. FitsWcs.Write(wcs)]));
            return back.Reference == wcs.Reference && back.Matrix == wcs.Matrix && Math.Abs(back.ReferencePixel.X - x) < 1e-12 * Math.Max(1, Math.Abs(x)) + 1e-12;
        });

    [Fact]
    public void Physical_coordinates_come_from_iraf_or_from_an_alternative_system()
    {
        Assert.Null(FitsWcs.ReadPhysical(Header(Sound)));
        Assert.Equal(new PhysicalPixels(0.25, -10, 3), FitsWcs.ReadPhysical(Header(FitsCard.OfNumber("LTM1_1", 0.25), FitsCard.OfNumber("LTM2_2", 0.25), FitsCard.OfInteger("LTV1", -10), FitsCard.OfInteger("LTV2", 3))));
        // Chandra: pixel 0.5 of the image is physical 3000.5, 4 physical pixels a pixel.
        var chandra = FitsWcs.ReadPhysical(Header(
            FitsCard.OfText("WCSNAMEP", "PHYSICAL"), FitsCard.OfNumber("CRPIX1P", 0.5), FitsCard.OfNumber("CRPIX2P", 0.5), FitsCard.OfNumber("CRVAL1P", 3000.5),
            FitsCard.OfNumber("CRVAL2P", 2000.5), FitsCard.OfInteger("CDELT1P", 4), FitsCard.OfInteger("CDELT2P", 4)))!.Value;
        Assert.Equal(new PixelPosition(-0.5, 0.5), chandra.ToPixel(3000.5, 2004.5));
        Assert.Throws<FitsException>(() => FitsWcs.ReadPhysical(Header(FitsCard.OfNumber("LTM1_1", 0.25), FitsCard.OfNumber("LTM2_2", 0.5))));
        Assert.Throws<FitsException>(() => FitsWcs.ReadPhysical(Header(FitsCard.OfNumber("LTM1_1", 1), FitsCard.OfNumber("LTM1_2", 0.5))));
    }

    private static Wcs Read(params FitsCard[] changes) => FitsWcs.Read(Header([.. Sound.Where(card => !changes.Any(change => change.Keyword == card.Keyword)), .. changes]));

    private static FitsHeader Header(params FitsCard[] cards) => new("map.fits", 0, cards, cards.Length);
}
