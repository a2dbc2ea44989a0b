using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Support;

namespace ClusterSurvey.Inference.Tests.Diagnostics;

public sealed class ClassifierTwoSampleTestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The judge: golden/sbibm/c2st.py (scikit-learn 1.2.1) on draws 1-5000 against draws 5001-10000 of posterior_exact_obs1,
    // the latter shifted by 0.2 standard deviations in every parameter, or drawn together to 0.8 of the distance from the mean.
    // Means of seeds 1-3, whose scatter is 0.003.
    [Theory]
    [InlineData(0, 1, 0.495)]
    [InlineData(0.2, 1, 0.641)]
    [InlineData(0, 0.8, 0.608)]
    public void The_score_is_that_of_the_judge(double shift, double scale, double judged)
    {
        var draws = GoldenTable.Csv(SharedData.Path("golden", "toy-likelihood", "posterior_exact_obs1.csv"));
        var other = draws[15_000..];
        for (var j = 0; j < 3; j++)
        {
            var column = Enumerable.Range(0, 10_000).Select(i => draws[3 * i + j]).ToArray();
            var mean = column.Average();
            var deviation = Math.Sqrt(column.Sum(x => (x - mean) * (x - mean)) / 9999);
            for (var i = 0; i < 5000; i++) other[3 * i + j] = mean + scale * (other[3 * i + j] - mean) + shift * deviation;
        }
        var score = ClassifierTwoSampleTest.Score(new Seed(1), draws.AsSpan(0, 15_000), other, 3, cancellation: Cancellation);
        Assert.Equal(5000, score.Count);
        Assert.Equal(judged, score.Accuracy, 0.01);
    }

    [Fact]
    public void Sets_that_do_not_overlap_are_told_apart_and_the_seed_repeats()
    {
        var stream = new Seed(2).Stream();
        var a = new double[600];
        stream.FillNormal(a);
        var b = Array.ConvertAll(a, value => value + 20);
        var score = ClassifierTwoSampleTest.Score(new Seed(1), a, b, 2, cancellation: Cancellation);
        Assert.Equal(1, score.Accuracy);
        Assert.Equal(score.FoldAccuracies, ClassifierTwoSampleTest.Score(new Seed(1), a, b, 2, cancellation: Cancellation).FoldAccuracies);
    }

    [Fact]
    public void What_cannot_be_scored_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ClassifierTwoSampleTest.Score(new Seed(1), new double[30], new double[30], 1, cancellation: Cancellation));
        Assert.Throws<ArgumentException>(() => ClassifierTwoSampleTest.Score(new Seed(1), new double[31], new double[30], 3, cancellation: Cancellation));
        Assert.Throws<ArgumentException>(() => ClassifierTwoSampleTest.Score(new Seed(1), [1, 2, 3], [1, 2, 3], 1, cancellation: Cancellation));
        Assert.Throws<ArgumentException>(() => ClassifierTwoSampleTest.Score(new Seed(1), [.. Enumerable.Range(0, 30)], [.. Enumerable.Repeat(double.NaN, 30)], 1, cancellation: Cancellation));
    }
}
