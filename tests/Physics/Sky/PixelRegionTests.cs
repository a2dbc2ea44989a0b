using ClusterSurvey.Physics.Sky;
using CsCheck;

namespace ClusterSurvey.Physics.Tests.Sky;

public sealed class PixelRegionTests
{
    private static readonly Gen<PixelRegion> AnyShape =
        from x in Gen.Double[-10, 50]
        from y in Gen.Double[-10, 40]
        from a in Gen.Double[0.2, 15]
        from b in Gen.Double[0.2, 15]
        from grow in Gen.Double[1.1, 2]
        from angle in Gen.Double[-400, 400]
        from kind in Gen.Int[0, 6]
        let centre = new PixelPosition(x, y)
        select kind switch
        {
            0 => new PixelCircle(centre, a),
            1 => new PixelEllipse(centre, a, b, angle),
            2 => new PixelBox(centre, a, b, angle),
            3 => new PixelAnnulus(centre, a, a * grow),
            4 => new PixelAnnulus(centre, a, a * grow, new AngleRange(angle, angle + 100)),
            5 => new PixelEllipticalAnnulus(centre, a, b, a * grow, b * grow, angle, new AngleRange(0, b * 20)),
            _ => (PixelRegion)new PixelPolygon([new(x - a, y), new(x, y + b), new(x + a, y - b), new(x - b, y - a)]),
        };

    [Fact]
    public void Painting_sets_exactly_the_pixels_whose_centres_are_inside() => AnyShape.Sample(shape =>
    {
        const int width = 40, height = 30;
        var map = new bool[width * height];
        shape.Paint(map, width, height, true);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                if (map[y * width + x] != shape.Contains(new(x, y))) return false;
        return true;
    }, iter: 2000);

    [Fact]
    public void Nothing_outside_the_bounds_is_inside() => Gen.Select(AnyShape, Gen.Double[-60, 100], Gen.Double[-60, 100]).Sample((shape, x, y) =>
    {
        var b = shape.Bounds;
        return (x >= b.MinX - 1e-9 && x <= b.MaxX + 1e-9 && y >= b.MinY - 1e-9 && y <= b.MaxY + 1e-9) || !shape.Contains(new(x, y));
    });

    [Fact]
    public void A_shape_far_larger_than_the_image_covers_it()
    {
        var map = new bool[12];
        new PixelCircle(new(0, 0), 1e12).Paint(map, 4, 3, true);
        Assert.All(map, Assert.True);
        new PixelCircle(new(1e9, 0), 5).Paint(map, 4, 3, false);
        Assert.All(map, Assert.True);
        new PixelBox(new(1, 1), 0.5, 0.5, 0).Paint(map, 4, 3, false);
        Assert.Equal(11, map.Count(set => set));
        Assert.False(map[1 * 4 + 1]);
    }

    [Theory]
    [InlineData(5, 0, true)]
    [InlineData(5.01, 0, false)]
    [InlineData(0, 5, true)]
    [InlineData(3, 4, true)]
    [InlineData(2.9, 0, false)]
    [InlineData(3, 0, true)]
    public void A_ring_holds_both_its_edges(double x, double y, bool expected) => Assert.Equal(expected, new PixelAnnulus(default, 3, 5).Contains(new(x, y)));

    [Theory]
    [InlineData(0, 90, 45, true)]
    [InlineData(0, 90, 135, false)]
    [InlineData(350, 10, 0, true)]
    [InlineData(350, 10, 180, false)]
    [InlineData(-30, 30, 345, true)]
    [InlineData(0, 360, 200, true)]
    [InlineData(90, 90, 271, true)]
    [InlineData(200, 100, 90, true)]
    [InlineData(200, 100, 150, false)]
    public void A_range_of_angles_goes_counter_clockwise_and_may_pass_0(double start, double stop, double angle, bool expected) =>
        Assert.Equal(expected, new AngleRange(start, stop).Contains(angle));

    [Fact]
    public void An_elliptical_sector_counts_from_its_own_axis()
    {
        // A ring turned by 90 degrees: its first quadrant, from its first axis on, is up and to the left.
        var ring = new PixelEllipticalAnnulus(default, 2, 1, 20, 10, 90, new AngleRange(0, 90));
        Assert.True(ring.Contains(new(-3, 15)));
        Assert.False(ring.Contains(new(3, 15)));
        Assert.False(ring.Contains(new(-15, 3)));
    }

    [Fact]
    public void A_polygon_that_crosses_itself_leaves_its_middle_out()
    {
        // A five-pointed star: the pentagon in the middle has two turns around it.
        PixelPosition[] tips = [.. Enumerable.Range(0, 5).Select(i => new PixelPosition(10 * Math.Cos(4 * Math.PI * i / 5), 10 * Math.Sin(4 * Math.PI * i / 5)))];
        var star = new PixelPolygon(tips);
        Assert.False(star.Contains(default));
        Assert.True(star.Contains(new(7, 0)));
        Assert.False(star.Contains(new(-7, 0)));
    }

    [Fact]
    public void A_map_of_another_size_is_refused() => Assert.Throws<ArgumentException>(() => new PixelCircle(default, 1).Paint(new bool[5], 2, 3, true));

    [Fact]
    public void Physical_pixels_follow_the_keywords_of_iraf()
    {
        // The XMM pipeline: 80 physical pixels a pixel, LTV = 0.49375, LTM = 0.0125; physical 40.5 is the first pixel.
        var physical = new PhysicalPixels(0.0125, 0.49375, 0.49375);
        Assert.Equal(new PixelPosition(0, 1), physical.ToPixel(40.5, 120.5));
    }
}
