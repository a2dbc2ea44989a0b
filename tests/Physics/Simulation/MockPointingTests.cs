using ClusterSurvey.Foundation;

namespace ClusterSurvey.Physics.Simulation;

public class MockPointingTests
{
    private static readonly MockPointing Pointing = new() { Pixels = 120, PixelArcmin = 0.5, ExposureKs = 20 };

    [Fact]
    public void Equal_seeds_give_equal_maps()
    {
        var one = Pointing.Observe(new Seed(1));
        Assert.Equal(one.ExposureSeconds, Pointing.Observe(new Seed(1)).ExposureSeconds);
        Assert.NotEqual(one.ExposureSeconds, Pointing.Observe(new Seed(2)).ExposureSeconds);
    }

    [Fact]
    public void Exposure_falls_off_the_axis_and_adds_up_where_pointings_overlap()
    {
        var single = (Pointing with { OffsetPointings = 0 }).Observe(new Seed(1));
        var mosaic = Pointing.Observe(new Seed(1));
        var centre = 60 * 120 + 60;
        Assert.InRange(single.ExposureSeconds.Max(), 19_000, 20_000);
        // 12 arcmin off the axis: 1 - 0.7 (12/14)^2 = 0.49 of the axis, less where a gap crosses the pixel.
        Assert.InRange(single.ExposureSeconds[centre + 24] / 20_000, 0.38, 0.55);
        Assert.Equal(0, single.ExposureSeconds[centre + 50]);
        Assert.True(mosaic.ExposureSeconds[centre] > 2 * single.ExposureSeconds[centre]);
        Assert.True(mosaic.ExposureSeconds[centre + 36] > 0);
    }

    [Fact]
    public void Gaps_between_detectors_lower_the_exposure()
    {
        var fine = (Pointing with { OffsetPointings = 0, PixelArcmin = 0.05, Pixels = 400 }).Observe(new Seed(1));
        Assert.True(fine.ExposureSeconds.Count(seconds => seconds == 0) > 500, "pixels inside a gap see nothing");
    }

    [Fact]
    public void The_background_is_not_vignetted_and_proportional_to_time()
    {
        var single = (Pointing with { OffsetPointings = 0 }).Observe(new Seed(1));
        var longer = (Pointing with { OffsetPointings = 0, ExposureKs = 40 }).Observe(new Seed(1));
        Assert.Equal(20_000 * 2e-3 * 0.25, single.Background.Max(), 1e-9);
        for (var i = 0; i < single.Background.Length; i++) Assert.Equal(2 * single.Background[i], longer.Background[i], 1e-9);
        Assert.True(single.Background[60 * 120 + 84] > 0.9 * single.Background.Max());
    }

    [Fact]
    public void Holes_and_unexposed_pixels_are_masked()
    {
        var mosaic = Pointing.Observe(new Seed(1));
        Assert.InRange(mosaic.HoleCentres.Count, 150, 250);
        for (var i = 0; i < mosaic.Mask.Length; i++)
        {
            var inHole = mosaic.HoleCentres.Any(hole => Math.Pow(i % 120 - hole.X, 2) + Math.Pow(i / 120 - hole.Y, 2) <= 1);
            Assert.Equal(mosaic.ExposureSeconds[i] > 0 && !inHole, mosaic.Mask[i]);
        }
    }

    // The last hole takes the part over its mark by no more than its own pixels.
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.4)]
    public void Random_holes_cover_their_part_and_leave_the_rest_as_it_was(double fraction)
    {
        var wanted = Pointing with { HoleFraction = fraction };
        MockMosaic plain = Pointing.Observe(new Seed(1)), holes = wanted.Observe(new Seed(1));
        Assert.Equal(holes.HoleCentres, wanted.Observe(new Seed(1)).HoleCentres);
        Assert.Equal(plain.ExposureSeconds, holes.ExposureSeconds);
        Assert.Equal(plain.HoleCentres, holes.HoleCentres.Take(plain.HoleCentres.Count));
        var further = holes.HoleCentres.Skip(plain.HoleCentres.Count).ToArray();
        bool InHole(int i) => further.Any(hole => Math.Pow(i % 120 - hole.X, 2) + Math.Pow(i / 120 - hole.Y, 2) <= 1);
        var exposed = Enumerable.Range(0, plain.Mask.Length).Where(i => plain.ExposureSeconds[i] > 0).ToArray();
        Assert.InRange(exposed.Count(InHole), fraction * exposed.Length, fraction * exposed.Length + 4);
        Assert.All(exposed, i => Assert.Equal(plain.Mask[i] && !InHole(i), holes.Mask[i]));
    }

    [Fact]
    public void Impossible_observations_are_refused()
    {
        Assert.Throws<ArgumentException>(() => (Pointing with { ExposureKs = 0 }).Observe(new Seed(1)));
        Assert.Throws<ArgumentException>(() => (Pointing with { ParticleRate = -1 }).Observe(new Seed(1)));
        Assert.Throws<ArgumentException>(() => (Pointing with { HoleFraction = 0.6 }).Observe(new Seed(1)));
        Assert.Throws<ArgumentException>(() => (Pointing with { HoleFraction = 0.1, HoleRadiusArcmin = 0 }).Observe(new Seed(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => (Pointing with { Pixels = 0 }).Observe(new Seed(1)));
    }
}
