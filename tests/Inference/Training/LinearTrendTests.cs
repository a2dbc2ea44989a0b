using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Training;

public class LinearTrendTests
{
    private const int Rows = 4000;

    [Fact]
    public void Leaves_white_noise_of_a_linear_gaussian_law()
    {
        var (conditions, variables) = Law(outliers: 0);
        var trend = LinearTrend.Fit(conditions, 1, variables, 2);
        Assert.Equal(0.7, trend.Slopes[0], 0.02);
        Assert.Equal(-0.4, trend.Slopes[1], 0.02);
        Assert.Equal(0.3, trend.Offsets[1], 0.02);
        Assert.Equal(Math.Log(0.2) + Math.Log(0.5), trend.LogScaleSum, 0.05);
        trend.Remove(conditions, variables);
        double Product(int i, int j) => Enumerable.Range(0, Rows).Average(row => (double)variables[2 * row + i] * variables[2 * row + j]);
        Assert.Equal(1, Product(0, 0), 0.01);
        Assert.Equal(1, Product(1, 1), 0.01);
        Assert.Equal(0, Product(0, 1), 0.01);
    }

    [Fact]
    public void Outliers_do_not_decide()
    {
        var (conditions, variables) = Law(outliers: 20);
        Assert.Equal(0.7, LinearTrend.Fit(conditions, 1, variables, 2).Slopes[0], 0.05);
    }

    [Fact]
    public void Comes_back()
    {
        var (conditions, variables) = Law(outliers: 0);
        var trend = LinearTrend.Fit(conditions, 1, variables, 2);
        float[] copy = [.. variables];
        trend.Remove(conditions, copy);
        trend.Restore(conditions, copy);
        for (var i = 0; i < copy.Length; i++) Assert.Equal(variables[i], copy[i], 1e-5f);
    }

    [Fact]
    public void Variables_that_follow_from_conditions_do_not_divide_by_zero()
    {
        float[] conditions = new float[100], variables = new float[100];
        new Seed(1).Stream().FillNormal(conditions.AsSpan());
        conditions.CopyTo(variables, 0);
        LinearTrend.Fit(conditions, 1, variables, 1).Remove(conditions, variables);
        Assert.All(variables, v => Assert.InRange(v, -1, 1));
    }

    [Fact]
    public void Numbers_that_are_no_trend_are_refused() => Assert.Throws<ArgumentException>(() => new LinearTrend([0], [1], [0]));

    // v1 = 0.7 c + 0.2 e1, v2 = 0.3 - 0.4 c + 0.3 e1 + 0.5 e2.
    private static (float[] Conditions, float[] Variables) Law(int outliers)
    {
        var random = new Seed(3).Stream();
        float[] conditions = new float[Rows], variables = new float[2 * Rows];
        for (var row = 0; row < Rows; row++)
        {
            var (c, e) = (random.NextNormal(), random.NextNormal());
            conditions[row] = (float)c;
            variables[2 * row] = row < outliers ? 1e6f : (float)(0.7 * c + 0.2 * e);
            variables[2 * row + 1] = (float)(0.3 - 0.4 * c + 0.3 * e + 0.5 * random.NextNormal());
        }
        return (conditions, variables);
    }
}
