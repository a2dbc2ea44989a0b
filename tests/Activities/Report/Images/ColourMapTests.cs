using ClusterSurvey.Activities.Report.Images;

namespace ClusterSurvey.Activities.Tests.Report.Images;

public sealed class ColourMapTests
{
    [Fact]
    public void Lab_of_known_colours_is_that_of_the_standard()
    {
        var red = Lab.OfRgb(255, 0, 0);
        Assert.Equal((53.24, 80.09, 67.20), (Math.Round(red.L, 2), Math.Round(red.A, 2), Math.Round(red.B, 2)));
        Assert.Equal(100, Lab.OfRgb(255, 255, 255).L, 1e-3);
    }

    [Fact]
    public void Colours_survive_the_way_through_Lab()
    {
        for (var c = 0; c < 4096; c += 7)
        {
            var (r, g, b) = ((byte)(c % 16 * 17), (byte)(c / 16 % 16 * 17), (byte)(c / 256 * 17));
            Assert.Equal((r, g, b), Lab.OfRgb(r, g, b).ToRgb());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Equal_steps_of_value_are_equal_steps_for_the_eye(bool diverging)
    {
        var map = diverging ? ColourMap.Diverging : ColourMap.Sequential;
        var shown = Enumerable.Range(0, 17).Select(i => Shown(map.At(i / 16.0))).ToArray();
        var steps = shown.Zip(shown.Skip(1), (a, b) => a.DistanceTo(b)).ToArray();
        Assert.True(steps.Max() / steps.Min() < 1.12, $"steps from {steps.Min():F2} to {steps.Max():F2}");
    }

    [Fact]
    public void The_diverging_map_is_as_dark_on_both_sides() =>
        Assert.All(Enumerable.Range(0, 9), i => Assert.Equal(Shown(ColourMap.Diverging.At(i / 16.0)).L, Shown(ColourMap.Diverging.At(1 - i / 16.0)).L, 0.6));

    [Fact]
    public void The_sequential_map_grows_lighter_all_the_way()
    {
        var lightness = Enumerable.Range(0, 33).Select(i => Shown(ColourMap.Sequential.At(i / 32.0)).L).ToArray();
        Assert.Equal(lightness.Order(), lightness);
    }

    /// <summary>The colour that a screen shows: after the gamut and eight bits.</summary>
    private static Lab Shown(Lab colour)
    {
        var (r, g, b) = colour.ToRgb();
        return Lab.OfRgb(r, g, b);
    }
}
