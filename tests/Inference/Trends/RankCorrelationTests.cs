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
}
