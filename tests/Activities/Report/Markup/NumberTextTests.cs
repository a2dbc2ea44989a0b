using ClusterSurvey.Activities.Report;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Tests.Report.Markup;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.2134, 0.2255, 0.2033, "0.213", "+0.012", "−0.010")]
    [InlineData(3.667, 3.88, 3.45, "3.67", "+0.21", "−0.22")]
    [InlineData(-2.5, -2.4, -2.61, "−2.50", "+0.10", "−0.11")]
    [InlineData(0.21, 1.51, 0.189, "0.21", "+1.30", "−0.02")]
    [InlineData(1234.5, 1354.5, 1114.5, "1234", "+120", "−120")]
    [InlineData(0.5, 0.5996, 0.4004, "0.50", "+0.10", "−0.10")]
    public void Digits_follow_the_error(double median, double high, double low, string text, string plus, string minus) =>
        Assert.Equal((text, plus, minus), NumberText.WithErrors(new(median, low, high, low, high)));

    [Fact]
    public void Equal_errors_are_printed_once() => Assert.Equal("3.67\u00a0±\u00a00.21", NumberText.InOneLine(new(3.67, 3.46, 3.88, 3, 4)));

    [Fact]
    public void A_posterior_without_numbers_prints_a_dash() => Assert.Equal("–", NumberText.InOneLine(new(double.NaN, 0, 1, 0, 1)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.09996, "0.100")]
    [InlineData(1.234e-7, "1.23 × 10⁻⁷")]
    [InlineData(-9.999e-9, "−1.00 × 10⁻⁸")]
    [InlineData(98765, "98765")]
    [InlineData(double.PositiveInfinity, "–")]
    public void Significant_digits_are_counted_after_rounding(double value, string text) => Assert.Equal(text, NumberText.Significant(value));

    [Fact]
    public void A_number_that_rounds_to_zero_has_no_sign() => Assert.Equal("0.00", NumberText.Fixed(-0.001, 2));

    [Fact]
    public void Truth_is_printed_like_the_posterior_beside_it() => Assert.Equal("0.090", NumberText.Like(0.09, new(0.092, 0.075, 0.114, 0, 1)));

    [Fact]
    public void Counts_are_grouped_by_thin_spaces() => Assert.Equal("1\u2009234\u2009567", NumberText.Count(1234567));
}
