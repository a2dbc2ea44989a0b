using CsCheck;

namespace ClusterSurvey.Physics.MeanModel;

public class EllipseTests
{
    private static readonly Gen<Ellipse> Ellipses = Gen.Select(Gen.Double[-10, 10], Gen.Double[-10, 10], Gen.Double[-Math.PI / 2, Math.PI / 2], Gen.Double[0, 0.95])
        .Select(e => new Ellipse(e.Item1, e.Item2, e.Item3, e.Item4, 0.01));

    [Fact]
    public void A_circle_knows_no_direction() =>
        Gen.Double[-4, 4].Sample(angle => Assert.Equal(0.05, new Ellipse(1, 2, 0.7, 0, 0.01).Radius(1 + 5 * Math.Cos(angle), 2 + 5 * Math.Sin(angle)), 1e-12));

    // Area of rho < R is the integral over direction of (R/rho at distance 1)^2 / 2.
    [Fact]
    public void The_area_within_an_elliptical_radius_is_that_of_the_circle() =>
        Ellipses.Sample(ellipse =>
        {
            const int directions = 2000;
            var area = Enumerable.Range(0, directions).Sum(i =>
            {
                var (sin, cos) = Math.SinCos(2 * Math.PI * i / directions);
                var rho = ellipse.Radius(ellipse.CentreX + cos, ellipse.CentreY + sin);
                return Math.PI / directions * Math.Pow(0.01 / rho, 2);
            });
            Assert.Equal(Math.PI, area, 1e-6);
        }, iter: 50);

    [Fact]
    public void Half_a_turn_changes_nothing() =>
        Gen.Select(Ellipses, Gen.Double[-50, 50], Gen.Double[-50, 50]).Sample((ellipse, x, y) =>
            Assert.Equal(ellipse.Radius(x, y), (ellipse with { Angle = ellipse.Angle + Math.PI }).Radius(x, y), 1e-9));

    [Fact]
    public void The_long_axis_is_y_at_angle_0()
    {
        var ellipse = new Ellipse(0, 0, 0, 0.8, 1);
        Assert.Equal(1 / Math.Sqrt(0.6), ellipse.Radius(1, 0), 1e-12);
        Assert.Equal(Math.Sqrt(0.6), ellipse.Radius(0, 1), 1e-12);
    }
}
