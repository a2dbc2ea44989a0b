using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Trends;

/// <summary>Simulated samples: a parameter that goes with a quantity or does not, scatters, and is known by normal posteriors.</summary>
public class TrendTests
{
    private const int Objects = 30;
    private const double Scatter = 0.1;

    [Fact]
    public void A_known_slope_and_scatter_lie_in_their_intervals_as_often_as_they_say()
    {
        const double slope = 0.4;
        const int trials = 300;
        var (slopeInside, scatterInside) = (0, 0);
        for (var trial = 0; trial < trials; trial++)
        {
            var (x, y, errors) = Sample(new Seed(11).Derive(trial), slope);
            var line = new ScatteredLine(x, y, errors);
            if (line.Slope(0.16) < slope && slope < line.Slope(0.84)) slopeInside++;
            if (line.Scatter(0.16) < Scatter && Scatter < line.Scatter(0.84)) scatterInside++;
        }
        var tolerance = 3.5 * Math.Sqrt(trials * 0.68 * 0.32);
        Assert.Equal(0.68 * trials, slopeInside, tolerance);
        Assert.Equal(0.68 * trials, scatterInside, tolerance);
    }

    [Fact]
    public void A_line_that_forgets_the_scatter_is_too_sure_of_its_slope()
    {
        const int trials = 300;
        var inside = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            var (x, y, errors) = Sample(new Seed(11).Derive(trial), 0.4);
            double w = 0, wx = 0, wy = 0, wxx = 0, wxy = 0;
            for (var i = 0; i < x.Length; i++)
            {
                var weight = 1 / (errors[i] * errors[i]);
                (w, wx, wy, wxx, wxy) = (w + weight, wx + weight * x[i], wy + weight * y[i], wxx + weight * x[i] * x[i], wxy + weight * x[i] * y[i]);
            }
            var error = Math.Sqrt(w / (w * wxx - wx * wx));
            if (Math.Abs((w * wxy - wx * wy) / (w * wxx - wx * wx) - 0.4) < 0.9945 * error) inside++;
        }
        Assert.True(inside < 0.6 * trials, $"{inside} of {trials}");
    }

    [Fact]
    public void A_strong_trend_is_found_with_its_sign()
    {
        var trend = Of(new Seed(2), 0.8);
        Assert.True(trend.PValue < 0.001);
        Assert.True(trend.Spearman > 0.5 && trend.SpearmanOfObjects.Low > 0.3 && trend.SpearmanOfDraws.Low > 0.3);
        Assert.InRange(0.8, trend.Slope.Median - 3 * (trend.Slope.High - trend.Slope.Low), trend.Slope.Median + 3 * (trend.Slope.High - trend.Slope.Low));
        Assert.True(trend.SlopeOfObjects.Low < trend.Slope.Median && trend.Slope.Median < trend.SlopeOfObjects.High);
        Assert.True(Of(new Seed(2), -0.8).Spearman < -0.5);
        // Errors of measurement weaken it.
        Assert.True(trend.SpearmanOfDraws.Median < trend.Spearman);
    }

    [Fact]
    public void No_trend_is_called_one_as_often_as_the_level_says()
    {
        const int trials = 200;
        var found = Enumerable.Range(0, trials).Count(trial => Of(new Seed(17).Derive(trial), 0, objects: 12).PValue < 0.05);
        Assert.Equal(0.05 * trials, found, 3.5 * Math.Sqrt(trials * 0.05 * 0.95));
    }

    [Fact]
    public void Too_few_objects_and_a_quantity_without_differences_have_no_trend()
    {
        Assert.False(Trend.IsIn([1, 2, 3, 4]));
        Assert.False(Trend.IsIn([1, 1, 1, 1, 1, 1]));
        Assert.True(Trend.IsIn([0, 0, 0, 0, 1]));
        Assert.Throws<ArgumentException>(() => Trend.Of(new Seed(1), [1, 1, 1, 1, 1], [.. Enumerable.Range(0, 5).Select(i => new double[] { i, i + 1 })]));
        Assert.Throws<ArgumentException>(() => new ScatteredLine([1, 2, 3, 4], [1, 2, 3, 4], [1, 1, 0, 1]));
    }

    private static Trend Of(Seed seed, double slope, int objects = Objects)
    {
        var (x, y, errors) = Sample(seed.Derive("sample"), slope, objects);
        var stream = seed.Derive("posteriors").Stream();
        return Trend.Of(seed, x, [.. y.Zip(errors, (value, error) => Enumerable.Range(0, 200).Select(_ => value + error * stream.NextNormal()).ToArray())]);
    }

    private static (double[] X, double[] Y, double[] Errors) Sample(Seed seed, double slope, int objects = Objects)
    {
        var stream = seed.Stream();
        double[] x = [.. Enumerable.Range(0, objects).Select(_ => stream.NextNormal())];
        double[] errors = [.. x.Select(_ => stream.NextUniform(0.05, 0.15))];
        return (x, [.. x.Zip(errors, (at, error) => -0.7 + slope * at + Scatter * stream.NextNormal() + error * stream.NextNormal())], errors);
    }
}
