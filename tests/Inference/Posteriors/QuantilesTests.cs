using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using CsCheck;

namespace ClusterSurvey.Inference.Tests.Posteriors;

public sealed class QuantilesTests
{
    // numpy.quantile([3, 1, 4, 1, 5], q, method="hazen").
    [Fact]
    public void Equal_weights_give_the_fifth_definition_of_Hyndman_and_Fan() =>
        Assert.Equal([1, 3, 4.75, 5], Quantiles.Of([3, 1, 4, 1, 5], default, 0.1, 0.5, 0.85, 1));

    [Fact]
    public void Whole_weights_are_draws_that_stand_there_several_times_as_far_as_medians_go()
    {
        Gen.Select(Gen.Double[-5, 5].Array[1, 20], Gen.Int[1, 4].Array[20]).Sample((draws, counts) =>
        {
            var repeated = draws.SelectMany((draw, i) => Enumerable.Repeat(draw, counts[i])).ToArray();
            double[] weights = [.. draws.Select((_, i) => (double)counts[i])];
            Assert.Equal(repeated.Average(), Quantiles.Summarize(draws, weights).Mean, 1e-12);
            Assert.InRange(Quantiles.Of(draws, weights, 0.5)[0], draws.Min(), draws.Max());
            return Math.Abs(Quantiles.Summarize(repeated).StandardDeviation - Quantiles.Summarize(draws, weights).StandardDeviation) < 1e-12;
        });
    }

    // -7/74 * 3 / 3 is not -7/74: the deviation was 1e-9, or no number at all.
    [Theory]
    [InlineData(-7.0 / 74, 3)]
    [InlineData(0.1, 3)]
    [InlineData(0.1, 0.7)]
    public void A_lone_draw_has_no_spread_whatever_its_weight(double draw, double weight)
    {
        var summary = Quantiles.Summarize([draw], [weight]);
        Assert.Equal((draw, 0), (summary.Mean, summary.StandardDeviation));
    }

    [Fact]
    public void A_weight_of_zero_leaves_a_draw_out_of_the_summary()
    {
        var summary = Quantiles.Summarize([1, 2, 3, 900], [1, 1, 1, 0]);
        Assert.Equal(2, summary.Mean, 1e-12);
        Assert.Equal(2, summary.Median, 1e-12);
    }

    [Fact]
    public void The_summary_of_normal_draws_has_its_known_numbers()
    {
        var draws = new double[200_000];
        new Seed(2).Stream().FillNormal(draws);
        var summary = Quantiles.SummarizeColumns(draws, 1)[0];
        double[] found = [summary.Median, summary.Low68, summary.High68, summary.Low95, summary.High95, summary.Mean, summary.StandardDeviation];
        Assert.All(found.Zip((double[])[0, -1, 1, -1.96, 1.96, 0, 1]), pair => Assert.Equal(pair.Second, pair.First, 0.02));
    }

    [Fact]
    public void What_has_no_quantiles_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Quantiles.Of([], default, 0.5));
        Assert.Throws<ArgumentException>(() => Quantiles.Of([1, double.NaN], default, 0.5));
        Assert.Throws<ArgumentException>(() => Quantiles.Of([1, 2], [1], 0.5));
        Assert.Throws<ArgumentException>(() => Quantiles.Of([1, 2], [0, 0], 0.5));
        Assert.Throws<ArgumentException>(() => Quantiles.Of([1, 2], default, 1.5));
    }
}
