using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Training;

public class InMemoryPairsTests
{
    [Fact]
    public void Reads_rows_in_any_order()
    {
        var pairs = new InMemoryPairs([1, 2, 3], [10, 11, 20, 21, 30, 31], 1, 2);
        float[] theta = new float[2], x = new float[4];
        pairs.Read([2, 0], theta, x);
        Assert.Equal([3, 1], theta);
        Assert.Equal([30, 31, 10, 11], x);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_refused_by_row_and_column(float bad)
    {
        var problem = Assert.Throws<ArgumentException>(() => new InMemoryPairs([1, 2, 3], [10, 11, 20, 21, 30, bad], 1, 2));
        Assert.Contains("x row 2, column 1", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_that_do_not_match_are_refused()
    {
        Assert.Contains("theta has 3 rows and x has 2", Assert.Throws<ArgumentException>(() => new InMemoryPairs([1, 2, 3], [1, 2, 3, 4], 1, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("not a multiple", Assert.Throws<ArgumentException>(() => new InMemoryPairs([1, 2, 3], [1, 2, 3], 2, 1)).Message, StringComparison.Ordinal);
    }
}
