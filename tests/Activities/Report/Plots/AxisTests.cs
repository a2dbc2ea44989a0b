using ClusterSurvey.Activities.Report.Plots;
using CsCheck;

namespace ClusterSurvey.Activities.Tests.Report.Plots;

public sealed class AxisTests
{
    private static string[] Labels(Axis axis, int labels) => [.. axis.Ticks(labels).Where(tick => tick.IsMajor).Select(tick => tick.Label)];

    [Fact]
    public void Linear_ticks_are_round() => Assert.Equal(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"], Labels(new("", 0, 1), 7));

    [Fact]
    public void Ticks_below_zero_have_a_real_minus_sign() => Assert.Equal(["−2", "−1", "0", "1"], Labels(new("", -2.4, 1.3), 5));

    [Fact]
    public void A_wide_logarithmic_axis_is_labelled_at_powers_of_ten() => Assert.Equal(["10⁻⁸", "10⁻⁶", "10⁻⁴"], Labels(new("", 3e-9, 2e-3, true), 3));

    [Fact]
    public void A_logarithmic_axis_of_a_decade_is_labelled_within_it() => Assert.Equal(["0.1", "0.2", "0.5", "1"], Labels(new("", 0.08, 1.2, true), 5));

    [Fact]
    public void A_narrow_logarithmic_axis_has_linear_ticks() => Assert.Equal(["0.20", "0.25", "0.30"], Labels(new("", 0.18, 0.31, true), 4));

    [Fact]
    public void A_narrow_range_off_the_round_numbers_still_gets_two_labels() => Assert.Equal(["0.12", "0.16"], Labels(new("", 0.105, 0.195, true), 3));

    [Fact]
    public void Ticks_of_any_axis_rise_inside_it_with_labels_of_their_own() =>
        Gen.Select(Gen.Double[-1e3, 1e3], Gen.Double[1e-6, 1e4], Gen.Int[2, 9], Gen.Bool).Sample((low, span, labels, logarithmic) =>
        {
            var axis = logarithmic ? new Axis("", Math.Abs(low) + 1e-6, (Math.Abs(low) + 1e-6) * (1 + span), true) : new Axis("", low, low + span);
            var ticks = axis.Ticks(labels);
            Assert.All(ticks, tick => Assert.InRange(axis.Fraction(tick.Value), -1e-6, 1 + 1e-6));
            Assert.Equal(ticks.Select(tick => tick.Value).Order().Distinct(), ticks.Select(tick => tick.Value));
            var named = ticks.Where(tick => tick.IsMajor).Select(tick => tick.Label).ToArray();
            Assert.Equal(named.Distinct(), named);
            Assert.True(named.Length <= Math.Max(labels + 2, 10), $"{named.Length} labels, {labels} asked");
        }, iter: 2000);

    [Fact]
    public void An_axis_around_nothing_is_still_an_axis()
    {
        var axis = Axis.Around("", [double.NaN, -1], logarithmic: true);
        Assert.True(axis.High > axis.Low && axis.Low > 0);
        Assert.InRange(Axis.Around("", [3, 3, 3]).Fraction(3), 0.49, 0.51);
    }
}
