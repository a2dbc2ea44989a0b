using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;

namespace ClusterSurvey.Inference.Tests.Diagnostics;

public sealed class TrainingCloudTests
{
    private static readonly TrainingCloud Correlated = Cloud(20_000);

    [Fact]
    public void About_one_in_a_thousand_lies_beyond_each_border()
    {
        var stream = new Seed(12).Stream();
        int beyondMarginals = 0, beyondDistance = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var position = Correlated.Locate(Draw(stream));
            if (position.Outside.Contains(0)) beyondMarginals++;
            if (position.MahalanobisPercentile > 0.999) beyondDistance++;
        }
        Assert.InRange(beyondMarginals, 5, 45);
        Assert.InRange(beyondDistance, 5, 45);
    }

    [Fact]
    public void A_point_that_breaks_the_correlation_is_outside_though_its_marginals_are_not()
    {
        var position = Correlated.Locate([2, -2]);
        Assert.Empty(position.Outside);
        Assert.False(position.IsInside);
        // Along (1, -1) the variance is 1 - 0.95: sqrt(8 / 2 / 0.05) = 12.6.
        Assert.Equal(12.65, position.MahalanobisDistance, 0.4);
        Assert.True(Correlated.Locate([2, 2]).IsInside);
    }

    [Fact]
    public void A_far_datum_is_named()
    {
        var position = Correlated.Locate([0, 6]);
        Assert.Equal([1], position.Outside);
        Assert.Equal(1, position.Percentiles[1]);
        Assert.Equal(0.5, position.Percentiles[0], 0.02);
    }

    [Fact]
    public void A_constant_datum_is_judged_by_its_marginal_alone()
    {
        double[] x = [.. Enumerable.Range(0, 100).SelectMany(i => new double[] { i, 7 })];
        var cloud = new TrainingCloud(x, 2);
        Assert.True(cloud.Locate([50, 7]).IsInside);
        Assert.Equal([1], cloud.Locate([50, 7.1]).Outside);
    }

    [Fact]
    public void Too_few_rows_and_redundant_data_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new TrainingCloud([1, 2, 3], 1));
        Assert.Throws<ArgumentException>(() => new TrainingCloud([.. Enumerable.Range(0, 60).SelectMany(i => new double[] { i, 2 * i })], 2));
        Assert.Throws<ArgumentException>(() => Correlated.Locate([1]));
        Assert.Throws<ArgumentException>(() => Correlated.Locate([1, double.NaN]));
    }

    private static double[] Draw(RandomStream stream)
    {
        var first = stream.NextNormal();
        return [first, 0.95 * first + Math.Sqrt(1 - 0.95 * 0.95) * stream.NextNormal()];
    }

    private static TrainingCloud Cloud(int rows)
    {
        var stream = new Seed(11).Stream();
        return new TrainingCloud([.. Enumerable.Range(0, rows).SelectMany(_ => Draw(stream))], 2);
    }
}
