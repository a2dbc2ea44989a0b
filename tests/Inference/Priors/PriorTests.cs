using System.Text;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Tests.Priors;

public sealed class PriorTests
{
    private static readonly Prior Mixed = new(
    [
        new("log10_sigma", new UniformDistribution(-2, 1)),
        new("slope", new NormalDistribution(3.5, 0.1 + 0.2)),
        new("rate", new LogNormalDistribution(-1, 0.25)),
        new("bounded", new TruncatedNormalDistribution(1.0 / 3, 2, 0, 7)),
    ]);

    [Fact]
    public void What_is_written_is_read_back_bit_by_bit()
    {
        using var stream = new MemoryStream();
        Mixed.Write(stream);
        stream.Position = 0;
        Assert.Equal(Mixed.Parameters, Prior.Read(stream).Parameters);
    }

    [Fact]
    public void The_documented_form_is_read()
    {
        var prior = Prior.Read("""{"parameters":[{"name":"log10_sigma","distribution":"uniform","low":-2,"high":1}, {"name":"b","distribution":"truncated_normal","mean":0,"std":1,"low":-1,"high":2}]}"""u8);
        Assert.Equal(["log10_sigma", "b"], prior.Names);
        Assert.Equal(new UniformDistribution(-2, 1), prior[0]);
        Assert.Equal(new TruncatedNormalDistribution(0, 1, -1, 2), prior[1]);
    }

    [Theory]
    [InlineData("""{"parameters":[{"name":"a","distribution":"uniform","low":0,"hihg":1}]}""", "/parameters/0/hihg", "did you mean 'high'")]
    [InlineData("""{"parameters":[{"name":"a","distribution":"unifrom","low":0,"high":1}]}""", "/parameters/0/distribution", "did you mean 'uniform'")]
    [InlineData("""{"parameters":[{"name":"a","distribution":"zipf","low":0,"high":1}]}""", "/parameters/0/distribution", "choose from log_normal, normal, truncated_normal, uniform")]
    [InlineData("""{"parameters":[{"name":"a","distribution":"uniform","low":0}]}""", "/parameters/0", "'high' is missing")]
    [InlineData("""{"parameters":[{"name":"a","distribution":"uniform","low":0,"high":"1"}]}""", "/parameters/0/high", "expected a finite number")]
    [InlineData("""{"parameters":[{"name":"a","distribution":"uniform","low":2,"high":1}]}""", "/parameters/0/high", "above low")]
    [InlineData("""{"parameters":[{"name":"a","distribution":"normal","mean":0,"std":1,"std":2}]}""", "/parameters/0/std", "twice")]
    [InlineData("""{"parameters":[{"name":"a","distribution":"normal","mean":0,"std":1},{"name":"a","distribution":"normal","mean":0,"std":1}]}""", "/parameters", "twice")]
    [InlineData("""{"parameter":[]}""", "/parameter", "did you mean 'parameters'")]
    [InlineData("""{"parameters":[]}""", "/parameters", "at least one")]
    [InlineData("""{"parameters":[3]}""", "/parameters/0", "expected an object")]
    [InlineData("""[1]""", "", "expected an object")]
    [InlineData("""{"parameters":""", "", "not JSON")]
    public void What_is_not_understood_is_named_with_its_place(string json, string pointer, string words)
    {
        var problem = Assert.Throws<PriorFormatException>(() => Prior.Read(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(pointer, problem.Pointer);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_have_the_moments_of_the_prior_and_follow_the_seed()
    {
        const int count = 40_000;
        var draws = Mixed.Sample(new Seed(5), count);
        Assert.Equal(draws, Mixed.Sample(new Seed(5), count));
        Assert.Equal(draws[..40], Mixed.Sample(new Seed(5), 10));
        Assert.NotEqual(draws[..40], Mixed.Sample(new Seed(6), 10));
        for (var j = 0; j < Mixed.Count; j++)
        {
            var column = Enumerable.Range(0, count).Select(i => draws[i * Mixed.Count + j]).ToArray();
            var error = Mixed[j].StandardDeviation / Math.Sqrt(count);
            var mean = column.Average();
            Assert.Equal(Mixed[j].Mean, mean, 4 * error);
            Assert.Equal(Mixed[j].StandardDeviation, Math.Sqrt(column.Sum(x => (x - mean) * (x - mean)) / count), 5 * error);
        }
    }

    [Fact]
    public void The_joint_density_is_the_product_and_zero_outside()
    {
        double[] theta = [0, 3.4, 0.5, 1, 2, 3.4, 0.5, 1];
        var logDensity = new double[2];
        Mixed.LogDensity(theta, logDensity);
        Assert.Equal(Enumerable.Range(0, 4).Sum(j => Mixed[j].LogDensity(theta[j])), logDensity[0], 1e-12);
        Assert.Equal(double.NegativeInfinity, logDensity[1]);
        Assert.Throws<ArgumentException>(() => Mixed.LogDensity([0, 0, 0]));
    }

    [Fact]
    public void Nameless_and_doubled_parameters_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Prior([new(" ", new UniformDistribution(0, 1))]));
        Assert.Throws<ArgumentException>(() => new Prior([new("a", new UniformDistribution(0, 1)), new("a", new UniformDistribution(0, 1))]));
    }
}
