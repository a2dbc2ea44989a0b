using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Trends;

public class RankCorrelationTests
{
    // scipy.stats.spearmanr([1, 2, 2, 4, 5, 7], [2, 1, 4, 3, 8, 8]) of scipy 1.10.1.
    [Fact]
    public void Ties_have_the_mean_of_their_ranks() =>
        Assert.Equal(0.7941176470588236, RankCorrelation.Spearman([1, 2, 2, 4, 5, 7], [2, 1, 4, 3, 8, 8]), 1e-12);

    [Fact]
    public void Only_order_counts()
    {
        Assert.Equal(1, RankCorrelation.Spearman([1, 2, 3, 4], [-9, 0.1, 0.2, 1e6]), 1e-12);
        Assert.Equal(-1, RankCorrelation.Spearman([1, 2, 3, 4], [9, 8, 7, -1e6]), 1e-12);
        Assert.True(double.IsNaN(RankCorrelation.Spearman([1, 1, 1], [1, 2, 3])));
    }

    // Of the 24 orders of four values two have a correlation of either sign as strong as the observed one.
    [Fact]
    public void The_probability_is_the_share_of_pairings_as_strong() =>
        Assert.Equal(2.0 / 24, RankCorrelation.PValue(new Seed(1), [1, 2, 3, 4], [1, 2, 3, 4], 50_000), 0.004);

    [Fact]
    public void Unrelated_quantities_are_called_related_as_often_as_the_level_says()
    {
        var stream = new Seed(5).Stream();
        const int trials = 1000;
        var rejected = Enumerable.Range(0, trials).Count(trial =>
        {
            double[] Values() => [.. Enumerable.Range(0, 12).Select(_ => Math.Pow(stream.NextNormal(), 3))];
            return RankCorrelation.PValue(new Seed(6).Derive(trial), Values(), Values(), 400) < 0.05;
        });
        Assert.Equal(0.05 * trials, rejected, 3.5 * Math.Sqrt(trials * 0.05 * 0.95));
    }
}
