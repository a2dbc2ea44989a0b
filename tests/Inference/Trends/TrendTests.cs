using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;

namespace ClusterSurvey.Inference.Trends;

/// <summary>Simulated samples: a parameter in a range of two that goes with a quantity or does not, scatters, and is known by normal likelihoods.</summary>
public class TrendTests(ITestOutputHelper output)
{
    private const int Objects = 30;
    private const double Scatter = 0.1, Low = -2, High = 0;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_known_slope_and_scatter_lie_in_their_intervals_as_often_as_they_say()
    {
        const double slope = 0.2;
        const int trials = 100;
        var (slopeInside, scatterInside) = (0, 0);
        for (var trial = 0; trial < trials; trial++)
        {
            var trend = Of(new Seed(11).Derive(trial), slope);
            if (trend.Slope.Low < slope && slope < trend.Slope.High) slopeInside++;
            if (trend.Scatter.Low < Scatter && Scatter < trend.Scatter.High) scatterInside++;
            Assert.True(trend.Converged);
        }
        output.WriteLine($"slope {slopeInside}, scatter {scatterInside}");
        var tolerance = 3 * Math.Sqrt(trials * 0.68 * 0.32);
        Assert.Equal(0.68 * trials, slopeInside, tolerance);
        Assert.Equal(0.68 * trials, scatterInside, tolerance);
    }

    [Fact]
    public void A_strong_trend_is_found_with_its_sign()
    {
        var trend = Of(new Seed(2), 0.3);
        Assert.InRange(trend.PValue, 1e-5, 0.001);
        Assert.True(trend.Correlation.Low > 0.7 && trend.SpearmanOfDraws.Low > 0.3);
        Assert.InRange(0.3, trend.Slope.Median - 3 * (trend.Slope.High - trend.Slope.Low), trend.Slope.Median + 3 * (trend.Slope.High - trend.Slope.Low));
        Assert.True(Of(new Seed(2), -0.3).Correlation.High < -0.7);
        // Errors of measurement weaken the ranks, and not the correlation.
        Assert.True(trend.SpearmanOfDraws.Median < trend.Correlation.Median);
    }

    [Fact]
    public void No_trend_is_called_one_as_often_as_the_level_says()
    {
        const int trials = 200;
        var found = Enumerable.Range(0, trials).Count(trial => Of(new Seed(17).Derive(trial), 0, objects: 12).PValue < 0.05);
        output.WriteLine($"{found} of {trials}");
        Assert.Equal(0.05 * trials, found, 3 * Math.Sqrt(trials * 0.05 * 0.95));
    }

    /// <summary>Objects that are all alike, of which the less is known the larger their quantity: their medians go with it, as the middle of the range draws them. The control are ranks of medians.</summary>
    [Fact]
    public void Objects_of_which_little_is_known_feign_no_trend()
    {
        const int trials = 100;
        var (found, feigned) = (0, 0);
        for (var trial = 0; trial < trials; trial++)
        {
            var seed = new Seed(23).Derive(trial);
            var stream = seed.Stream();
            double[] x = [.. Enumerable.Range(0, 40).Select(i => i / 39.0)];
            MarginalDensity[] likelihoods = [.. x.Select(place => 0.05 + 0.8 * place * place).Select(error => Likelihood(-0.5 + error * stream.NextNormal(), error))];
            if (Trend.Of(seed, x, likelihoods, Low, High, Cancellation).PValue < 0.05) found++;
            // Unrelated ranks of 40 objects correlate by more than 0.31 in one of twenty samples.
            if (Math.Abs(RankCorrelation.Spearman(x, Array.ConvertAll(likelihoods, likelihood => likelihood.Quantile(0.5)))) > 0.31) feigned++;
        }
        output.WriteLine($"{found} found, {feigned} feigned by ranks of medians, of {trials}");
        Assert.InRange(found, 0, 12);
        Assert.InRange(feigned, 25, trials);
    }

    [Fact]
    public void The_seed_decides_every_bit() => Assert.Equal(Of(new Seed(3), 0.1), Of(new Seed(3), 0.1));

    [Fact]
    public void Too_few_objects_and_a_quantity_without_differences_have_no_trend()
    {
        Assert.False(Trend.IsIn([1, 2, 3, 4]));
        Assert.False(Trend.IsIn([1, 1, 1, 1, 1, 1]));
        Assert.True(Trend.IsIn([0, 0, 0, 0, 1]));
        MarginalDensity[] likelihoods = [.. Enumerable.Range(0, 5).Select(_ => Likelihood(-1, 0.1))];
        Assert.Throws<ArgumentException>(() => Trend.Of(new Seed(1), [1, 1, 1, 1, 1], likelihoods, Low, High, Cancellation));
        Assert.Throws<ArgumentException>(() => Trend.Of(new Seed(1), [1, 2, 3, 4, 5, 6], likelihoods, Low, High, Cancellation));
        Assert.Throws<ArgumentException>(() => Trend.Of(new Seed(1), [1, 2, 3, 4, 5], likelihoods, High, Low, Cancellation));
    }

    private static Trend Of(Seed seed, double slope, int objects = Objects)
    {
        var stream = seed.Derive("sample").Stream();
        double[] x = [.. Enumerable.Range(0, objects).Select(_ => stream.NextNormal())];
        double[] errors = [.. x.Select(_ => stream.NextUniform(0.05, 0.15))];
        return Trend.Of(seed, x, [.. x.Zip(errors, (at, error) => Likelihood(-1 + slope * at + Scatter * stream.NextNormal() + error * stream.NextNormal(), error))], Low, High, Cancellation);
    }

    private static MarginalDensity Likelihood(double measured, double error)
    {
        var middle = Math.Clamp(measured, Low + 0.01, High - 0.01);
        var axis = new GridAxis("y", Math.Max(Low, middle - 5 * error), Math.Min(High, middle + 5 * error), 400);
        return new MarginalDensity(axis, Array.ConvertAll(axis.Nodes(), y => Math.Exp(-0.5 * Math.Pow((y - measured) / error, 2))));
    }
}
