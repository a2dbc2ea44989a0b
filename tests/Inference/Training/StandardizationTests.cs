using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Training;

public class StandardizationTests
{
    [Fact]
    public void Normal_numbers_get_their_mean_and_deviation()
    {
        var standardization = Standardization.Measure(Normal(20_000, 5, 0.1), 1, "x");
        Assert.Equal(5, standardization.Centre[0], 0.003);
        Assert.Equal(0.1, standardization.Scale[0], 0.002);
    }

    [Fact]
    public void One_wild_outlier_in_a_hundred_changes_little()
    {
        var table = Normal(5000, 5, 0.1);
        for (var i = 0; i < table.Length; i += 100) table[i] = 1e9f;
        var standardization = Standardization.Measure(table, 1, "x");
        Assert.Equal(5, standardization.Centre[0], 0.01);
        Assert.Equal(0.1, standardization.Scale[0], 0.02);
    }

    [Fact]
    public void A_column_mostly_of_one_value_is_scaled_by_its_plain_deviation()
    {
        float[] table = [.. Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? 1f : 0f)];
        Assert.Equal(0.3, Standardization.Measure(table, 1, "x").Scale[0], 1e-9);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    [InlineData(-3e8f)]
    public void A_constant_column_is_refused_by_name(float value)
    {
        float[] table = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? i : value)];
        var problem = Assert.Throws<ArgumentException>(() => Standardization.Measure(table, 2, "theta"));
        Assert.Contains("theta: column 1 is constant", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_undoes_apply()
    {
        var standardization = new Standardization([1, -2], [0.5, 300]);
        var z = new float[4];
        var back = new double[4];
        standardization.Apply([3, 400, -7, 0.25], z);
        Assert.Equal([4, 1.34f, -16, 0.0075f], z);
        standardization.Restore(z, back);
        double[] expected = [3, 400, -7, 0.25];
        for (var i = 0; i < 4; i++) Assert.Equal(expected[i], back[i], 1e-4);
        Assert.Equal(Math.Log(150), standardization.LogScaleSum, 1e-12);
    }

    private static float[] Normal(int count, double mean, double deviation)
    {
        var random = new Seed(1).Stream();
        return [.. Enumerable.Range(0, count).Select(_ => (float)(mean + deviation * random.NextNormal()))];
    }
}
