using ClusterSurvey.Foundation;

namespace ClusterSurvey.Physics.MeanModel;

public class CStatisticTests
{
    [Fact]
    public void It_is_zero_where_model_and_counts_agree() => Assert.Equal(0, CStatistic.Of(7, 7), 1e-12);

    [Fact]
    public void No_counts_cost_twice_the_expectation() => Assert.Equal(0.6, CStatistic.Of(0, 0.3), 1e-12);

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.7)]
    [InlineData(3)]
    [InlineData(25)]
    [InlineData(200)]
    public void Its_moments_are_those_of_Poisson_draws(double mean)
    {
        const int draws = 40_000;
        var stream = new Seed(11).Stream();
        var values = Enumerable.Range(0, draws).Select(_ => CStatistic.Of(stream.NextPoisson(mean), mean)).ToArray();
        var (expected, variance) = CStatistic.Moments(mean);
        Assert.Equal(expected, values.Average(), 4 * Math.Sqrt(variance / draws));
        Assert.Equal(1, values.Average(value => Math.Pow(value - expected, 2)) / variance, 0.06);
    }

    [Fact]
    public void The_series_joins_the_sum()
    {
        var (below, above) = (CStatistic.Moments(59.999), CStatistic.Moments(60.001));
        Assert.Equal(below.Mean, above.Mean, 2e-4);
        Assert.Equal(below.Variance, above.Variance, 5e-3);
    }
}
