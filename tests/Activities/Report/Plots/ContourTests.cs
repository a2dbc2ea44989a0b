using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Tests.Report.Plots;

public sealed class ContourTests
{
    private static double[] Grid(int size, Func<double, double, double> of) => [.. Enumerable.Range(0, size * size).Select(i => of(i % size, i / size))];

    /// <summary>The shoelace formula: positive for an outline that turns left.</summary>
    private static double Area((double X, double Y)[] outline) =>
        0.5 * outline.Select((p, i) => (p, q: outline[(i + 1) % outline.Length])).Sum(pair => pair.p.X * pair.q.Y - pair.q.X * pair.p.Y);

    [Fact]
    public void The_outline_of_a_cone_is_a_circle()
    {
        var outline = Assert.Single(Contour.Outlines(Grid(41, (x, y) => Math.Max(0, 20 - Math.Sqrt((x - 20) * (x - 20) + (y - 20) * (y - 20)))), 41, 41, 8));
        Assert.All(outline, p => Assert.Equal(12, Math.Sqrt((p.X - 20) * (p.X - 20) + (p.Y - 20) * (p.Y - 20)), 0.02));
        Assert.Equal(Math.PI * 144, Area(outline), 1.0);
    }

    [Fact]
    public void A_hole_turns_the_other_way()
    {
        var outlines = Contour.Outlines(Grid(41, (x, y) => 10 - Math.Abs(12 - Math.Sqrt((x - 20) * (x - 20) + (y - 20) * (y - 20)))), 41, 41, 6);
        Assert.Equal(2, outlines.Count);
        Assert.Equal(Math.PI * (16 * 16 - 8 * 8), outlines.Sum(Area), 6.0);
        Assert.Contains(outlines, outline => Area(outline) < 0);
    }

    [Fact]
    public void An_outline_that_reaches_the_border_is_closed_along_it()
    {
        var outline = Assert.Single(Contour.Outlines(Grid(11, (_, _) => 1), 11, 11, 0.5));
        Assert.Equal(100, Area(outline), 1e-9);
    }

    [Theory]
    [InlineData(0.2, 0.7, 2)]
    [InlineData(0.9, 0.92, 1)]
    public void A_saddle_is_joined_when_its_centre_is_high(double other, double level, int outlines) =>
        Assert.Equal(outlines, Contour.Outlines([1.0, other, other, 1.0], 2, 2, level).Count);

    [Fact]
    public void Noise_gives_closed_outlines_of_the_right_area()
    {
        var stream = new Foundation.Seed(7).Stream();
        var values = Grid(30, (_, _) => stream.NextDouble());
        var area = Contour.Outlines(values, 30, 30, 0.5).Sum(Area);
        Assert.InRange(area, 0.3 * 29 * 29, 0.7 * 29 * 29);
    }

    [Fact]
    public void The_level_of_a_mass_holds_it()
    {
        var gauss = Grid(81, (x, y) => Math.Exp(-((x - 40) * (x - 40) + (y - 40) * (y - 40)) / 200));
        Assert.Equal(1 - 0.68, Contour.LevelOfMass(gauss, 0.68), 0.01);
    }
}
