using ClusterSurvey.Physics.Sky;
using CsCheck;

namespace ClusterSurvey.Physics.Tests.Sky;

public sealed class WcsTests
{
    private static readonly SkyPosition Rosat = new(55.83, -53.73);

    private static readonly Gen<Wcs> AnyWcs =
        from ra in Gen.Double[0, 360]
        from dec in Gen.Double[-89.9, 89.9]
        from x in Gen.Double[-3000, 3000]
        from y in Gen.Double[-3000, 3000]
        from pixel in Gen.Double[1e-4, 0.01]
        from angle in Gen.Double[-180, 180]
        from mirrored in Gen.Bool
        select new Wcs(new(ra, dec), new(x, y), PixelMatrix.FromRotation(mirrored ? pixel : -pixel, pixel, angle));

    // Right ascensions and declinations of three pixels, and the pixel of CRVAL + (0.3, 0.2), by the TAN of astropy 5.2
    // (wcs_pix2world and wcs_world2pix, origin 0).
    [Theory]
    [InlineData("upright", 0, 0, 57.66899181899143, -54.77681600995361)]
    [InlineData("upright", 511, 3, 53.99156658648606, -54.76437043886362)]
    [InlineData("upright", 100.25, 400.5, 56.90409950594732, -53.12314473516914)]
    [InlineData("rotated", 0, 0, 58.32751516922053, -54.01603421871239)]
    [InlineData("rotated", 511, 3, 55.27195081428846, -55.18544086771427)]
    [InlineData("rotated", 100.25, 400.5, 56.18238067674561, -52.873549560424706)]
    [InlineData("polar", 0, 0, 351.83631335509233, 88.09124987807641)]
    [InlineData("polar", 511, 3, 341.60460933361344, 88.17239752356699)]
    [InlineData("polar", 100.25, 400.5, 352.57544576799995, 88.36725513212558)]
    public void Pixels_look_where_astropy_says(string name, double x, double y, double ra, double dec)
    {
        var wcs = Named(name);
        var sky = wcs.ToSky(new(x, y));
        Assert.Equal(ra, sky.RaDegrees, 1e-9);
        Assert.Equal(dec, sky.DecDegrees, 1e-10);
        var back = wcs.ToPixel(new(ra, dec));
        Assert.Equal(x, back.X, 1e-7);
        Assert.Equal(y, back.Y, 1e-7);
    }

    [Theory]
    [InlineData("upright", 56.13, -53.53, 212.55193045660008, 303.5789847930171)]
    [InlineData("rotated", 56.13, -53.53, 193.29502624170624, 272.43123433072344)]
    [InlineData("polar", 360.29, 88.7, 23.020803673260502, 970.978975658992)]
    public void Places_fall_on_the_pixels_that_astropy_says(string name, double ra, double dec, double x, double y)
    {
        var pixel = Named(name).ToPixel(new(ra, dec));
        Assert.Equal(x, pixel.X, 1e-8);
        Assert.Equal(y, pixel.Y, 1e-8);
    }

    [Fact]
    public void There_and_back_is_the_same_pixel() => Gen.Select(AnyWcs, Gen.Double[-2000, 2000], Gen.Double[-2000, 2000]).Sample((wcs, x, y) =>
    {
        var back = wcs.ToPixel(wcs.ToSky(new(x, y)));
        return Math.Abs(back.X - x) < 1e-6 && Math.Abs(back.Y - y) < 1e-6;
    });

    [Fact]
    public void A_crop_looks_at_the_same_sky() => Gen.Select(AnyWcs, Gen.Int[-50, 50], Gen.Int[-50, 50]).Sample((wcs, x0, y0) =>
        wcs.Crop(x0, y0).ToSky(new(3, 4)).SeparationDegrees(wcs.ToSky(new(3 + x0, 4 + y0))) < 1e-9);

    [Fact]
    public void A_block_looks_at_the_centre_of_its_pixels() => Gen.Select(AnyWcs, Gen.Int[1, 7]).Sample((wcs, factor) =>
    {
        var middle = (factor - 1) / 2.0;
        var coarse = wcs.Rebin(factor);
        return coarse.ToSky(new(2, 5)).SeparationDegrees(wcs.ToSky(new(2 * factor + middle, 5 * factor + middle))) < 1e-9
            && Math.Abs(coarse.PixelScaleArcmin / (factor * wcs.PixelScaleArcmin) - 1) < 1e-12;
    });

    [Fact]
    public void The_scale_of_the_rosat_map_is_14_947_arcsec() => Assert.Equal(14.947308, 60 * Named("upright").PixelScaleArcmin, 1e-9);

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    [InlineData(-120)]
    public void Rotation_is_the_position_angle_of_the_y_axis(double crota)
    {
        var wcs = new Wcs(Rosat, new(100, 100), PixelMatrix.FromRotation(-0.001, 0.001, crota));
        var up = wcs.ToSky(new(100, 110));
        var east = (up.RaDegrees - Rosat.RaDegrees) * Math.Cos(double.DegreesToRadians(Rosat.DecDegrees));
        var measured = double.RadiansToDegrees(Math.Atan2(east, up.DecDegrees - Rosat.DecDegrees));
        Assert.Equal(measured, wcs.RotationDegrees, 0.02);
        Assert.False(wcs.IsMirrored);
    }

    [Fact]
    public void Right_ascension_wraps_into_0_to_360() => Gen.Select(AnyWcs, Gen.Double[-2000, 2000]).Sample((wcs, x) => wcs.ToSky(new(x, x)).RaDegrees is >= 0 and < 360);

    [Fact]
    public void The_other_half_of_the_sky_has_no_pixel()
    {
        var wcs = Named("upright");
        Assert.False(wcs.TryToPixel(new(55.83 + 180, 53.73), out _));
        Assert.Contains("180.0 degrees", Assert.Throws<ArgumentException>(() => wcs.ToPixel(new(55.83 + 180, 53.73))).Message, StringComparison.Ordinal);
        Assert.False(wcs.TryToPixel(new(double.NaN, 0), out _));
    }

    [Fact]
    public void Corners_tell_how_far_two_maps_disagree()
    {
        var wcs = Named("upright");
        Assert.Equal(0, wcs.CornerMismatchPixels(wcs, 512, 512), 1e-9);
        var shifted = new Wcs(wcs.Reference, new(wcs.ReferencePixel.X + 0.3, wcs.ReferencePixel.Y - 0.4), wcs.Matrix);
        Assert.Equal(0.5, wcs.CornerMismatchPixels(shifted, 512, 512), 1e-6);
        // A scale that differs by a part in a thousand moves the corners of 512 pixels by 255.5 sqrt(2) / 1000.
        var stretched = new Wcs(wcs.Reference, wcs.ReferencePixel, wcs.Matrix.Scaled(1.001));
        Assert.Equal(0.3613, wcs.CornerMismatchPixels(stretched, 512, 512), 1e-3);
        Assert.Equal(double.PositiveInfinity, wcs.CornerMismatchPixels(new Wcs(new(235.83, 53.73), wcs.ReferencePixel, wcs.Matrix), 512, 512));
    }

    [Fact]
    public void Numbers_that_make_no_projection_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Wcs(new(0, 91), default, PixelMatrix.NorthUp(0.001)));
        Assert.Throws<ArgumentException>(() => new Wcs(Rosat, new(double.NaN, 0), PixelMatrix.NorthUp(0.001)));
        Assert.Throws<ArgumentException>(() => new Wcs(Rosat, default, new(1, 1, 1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Named("upright").Rebin(0));
    }

    private static Wcs Named(string name) => name switch
    {
        "upright" => new(Rosat, new(255.5, 255.5), PixelMatrix.FromRotation(-0.00415203, 0.00415203, 0)),
        "rotated" => new(Rosat, new(255.5, 255.5), PixelMatrix.FromRotation(-0.00415203, 0.00415203, 33)),
        _ => new(new(359.99, 88.5), new(-101.25, 699.75), new(-6e-4, 3e-4, 3e-4, 6e-4)),
    };
}
