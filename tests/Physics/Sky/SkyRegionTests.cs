using ClusterSurvey.Physics.Sky;
using CsCheck;

namespace ClusterSurvey.Physics.Tests.Sky;

public sealed class SkyRegionTests
{
    private static readonly SkyPosition Centre = new(210.2583, 2.8786);

    private static readonly Gen<Wcs> AnyWcs =
        from x in Gen.Double[0, 200]
        from y in Gen.Double[0, 200]
        from angle in Gen.Double[-180, 180]
        from mirrored in Gen.Bool
        select new Wcs(Centre, new(x, y), PixelMatrix.FromRotation(mirrored ? 0.001 : -0.001, 0.001, angle));

    private static readonly Wcs NorthUp = Wcs.NorthUp(Centre, new(100, 100), 0.06);

    [Fact]
    public void A_circle_holds_the_places_within_its_radius_however_the_image_is_turned() =>
        Gen.Select(AnyWcs, Gen.Double[-0.05, 0.05], Gen.Double[-0.05, 0.05], Gen.Double[0.002, 0.05]).Sample((wcs, east, north, radius) =>
        {
            var circle = new SkyCircle(new(Centre.RaDegrees + 0.02, Centre.DecDegrees - 0.01), radius);
            var place = new SkyPosition(Centre.RaDegrees + east, Centre.DecDegrees + north);
            var distance = circle.Centre.SeparationDegrees(place);
            // The projection bends distances at this place by some parts in a million.
            return Math.Abs(distance / radius - 1) < 1e-5 || circle.ToPixel(wcs).Contains(wcs.ToPixel(place)) == distance < radius;
        });

    [Fact]
    public void Shapes_cover_the_same_sky_however_the_image_is_turned_or_mirrored() =>
        Gen.Select(AnyWcs, AnyShape, Gen.Double[-0.04, 0.04], Gen.Double[-0.04, 0.04]).Sample((wcs, shape, east, north) =>
        {
            var place = new SkyPosition(Centre.RaDegrees + east, Centre.DecDegrees + north);
            if (IsNearAnEdge(shape, place)) return true;
            return shape.ToPixel(wcs).Contains(wcs.ToPixel(place)) == shape.ToPixel(NorthUp).Contains(NorthUp.ToPixel(place));
        }, iter: 2000);

    [Fact]
    public void With_north_up_the_angle_is_the_angle_in_the_image()
    {
        var ellipse = (PixelEllipse)new SkyEllipse(Centre, 0.02, 0.01, 30).ToPixel(NorthUp);
        Assert.Equal(30, ellipse.AngleDegrees, 1e-6);
        Assert.Equal(20, ellipse.SemiX, 1e-6);
        Assert.Equal(10, ellipse.SemiY, 1e-6);
    }

    [Fact]
    public void In_a_mirror_image_a_sector_turns_the_other_way()
    {
        var mirrored = new Wcs(Centre, new(100, 100), new(0.001, 0, 0, 0.001));
        // From west to north: to the right and up in the usual image, to the left and up in the mirrored one.
        var sector = new SkyAnnulus(Centre, 0, 0.05, new AngleRange(0, 90));
        Assert.True(sector.ToPixel(NorthUp).Contains(new(110, 110)));
        Assert.False(sector.ToPixel(NorthUp).Contains(new(90, 110)));
        Assert.True(sector.ToPixel(mirrored).Contains(new(90, 110)));
        Assert.False(sector.ToPixel(mirrored).Contains(new(110, 110)));
    }

    [Fact]
    public void A_shape_on_the_other_side_of_the_sky_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SkyCircle(new(30, -2), 0.01).ToPixel(NorthUp));

    [Fact]
    public void Sizes_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SkyCircle(Centre, 0));
        Assert.Throws<ArgumentException>(() => new SkyCircle(Centre, double.NaN));
        Assert.Throws<ArgumentException>(() => new SkyCircle(new(0, 95), 1));
        Assert.Throws<ArgumentException>(() => new SkyAnnulus(Centre, 2, 1));
        Assert.Throws<ArgumentException>(() => new SkyEllipticalAnnulus(Centre, 1, 3, 2, 2, 0));
        Assert.Throws<ArgumentException>(() => new SkyBox(Centre, 1, -1, 0));
        Assert.Throws<ArgumentException>(() => new SkyEllipse(Centre, 1, 1, double.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => new SkyPolygon([Centre, Centre]));
    }

    private static Gen<SkyRegion> AnyShape { get; } =
        from a in Gen.Double[0.004, 0.02]
        from b in Gen.Double[0.004, 0.02]
        from grow in Gen.Double[1.2, 2]
        from angle in Gen.Double[-180, 180]
        from start in Gen.Double[-180, 180]
        from width in Gen.Double[20, 300]
        from kind in Gen.Int[0, 5]
        select kind switch
        {
            0 => new SkyEllipse(Centre, a, b, angle),
            1 => new SkyBox(Centre, a, b, angle),
            2 => new SkyAnnulus(Centre, a, a * grow, new AngleRange(start, start + width)),
            3 => new SkyEllipticalAnnulus(Centre, a, b, a * grow, b * grow, angle),
            4 => new SkyEllipticalAnnulus(Centre, a, b, a * grow, b * grow, angle, new AngleRange(start, start + width)),
            _ => (SkyRegion)new SkyPolygon([new(Centre.RaDegrees + a, Centre.DecDegrees), new(Centre.RaDegrees - b, Centre.DecDegrees + a), new(Centre.RaDegrees, Centre.DecDegrees - b)]),
        };

    // The verdict changes within a hundredth of a pixel: rounding and curvature may decide there.
    private static bool IsNearAnEdge(SkyRegion shape, SkyPosition place)
    {
        var (pixels, at) = (shape.ToPixel(NorthUp), NorthUp.ToPixel(place));
        var here = pixels.Contains(at);
        PixelPosition[] around = [new(at.X + 0.01, at.Y), new(at.X - 0.01, at.Y), new(at.X, at.Y + 0.01), new(at.X, at.Y - 0.01)];
        return around.Any(near => pixels.Contains(near) != here);
    }
}
