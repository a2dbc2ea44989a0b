using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Tests.Posteriors;

public sealed class PopulationLikelihoodTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly Prior Wide = new([new("a", new UniformDistribution(-10, 10)), new("b", new UniformDistribution(-20, 20))]);

    // Gaussian errors s_i and a Gaussian population: x_i ~ N(mean, scatter^2 + s_i^2). The range is wide against both.
    [Theory]
    [InlineData(0.5, 1, 0.8, 2)]
    [InlineData(-0.3, 2, 0.01, 0.02)]
    [InlineData(1.5, -3, 0.1, 4)]
    public void Gaussian_objects_of_a_Gaussian_population_have_their_closed_form(double meanA, double meanB, double scatterA, double scatterB)
    {
        var (objects, data, errors) = Mock(12, 0.7, 1.5);
        var value = new double[1];
        new PopulationLikelihood(objects).Evaluate([], [meanA, meanB, Math.Log(scatterA), Math.Log(scatterB)], value);
        double expected = 0, sensitivity = 0;
        for (var i = 0; i < data.Length; i++)
        {
            var j = i % 2;
            var (mean, scatter) = j == 0 ? (meanA, scatterA) : (meanB, scatterB);
            var width = Math.Sqrt(scatter * scatter + errors[i] * errors[i]);
            expected += new NormalDistribution(mean, width).LogDensity(data[i]);
            // Linear pieces widen the variance of the error by up to 2 %, and with it the distance of an object counts less.
            sensitivity += 0.02 * Math.Abs(Math.Pow((data[i] - mean) / width, 2) - 1);
        }
        Assert.Equal(expected, value[0], 0.01 + 0.7 * sensitivity);
    }

    [Fact]
    public void The_population_of_forty_objects_is_the_one_of_the_closed_form()
    {
        var stream = new Seed(18).Stream();
        var grid = new ParameterGrid([new("a", -10, 10, 200)]);
        var (data, errors, objects) = (new double[40], new double[40], new NamedCube[40]);
        for (var i = 0; i < 40; i++)
        {
            errors[i] = stream.NextUniform(0.3, 0.8);
            data[i] = 0.2 + 0.7 * stream.NextNormal() + errors[i] * stream.NextNormal();
            objects[i] = new($"object {i}", LikelihoodCube.Evaluate(new GaussianLikelihood([errors[i]]), [data[i]], grid, null, Cancellation));
        }
        var hyper = new Prior([new("mean", new UniformDistribution(-3, 3)), new("ln_scatter", new UniformDistribution(-4, 2))]);
        var exact = new FunctionLikelihood(2, t => data.Zip(errors, (x, s) => new NormalDistribution(t[0], Math.Sqrt(Math.Exp(2 * t[1]) + s * s)).LogDensity(x)).Sum());
        var found = GridPosterior.Compute(hyper, new PopulationLikelihood(objects), [], cancellation: Cancellation);
        var expected = GridPosterior.Compute(hyper, exact, [0.0], cancellation: Cancellation);
        for (var j = 0; j < 2; j++)
        {
            var (ours, theirs) = (found.Marginal(j).Summarize(), expected.Marginal(j).Summarize());
            Assert.Equal(0, (ours.Median - theirs.Median) / theirs.StandardDeviation, 0.02);
            Assert.Equal(1, ours.StandardDeviation / theirs.StandardDeviation, 0.02);
            // And the truth is within its reach.
            Assert.InRange(j == 0 ? 0.2 : Math.Log(0.7), ours.Low95, ours.High95);
        }
        Assert.Equal(expected.LogEvidence, found.LogEvidence, 0.02);
    }

    [Fact]
    public void Objects_that_know_nothing_say_nothing_about_the_population()
    {
        var flat = LikelihoodCube.Evaluate(new FunctionLikelihood(2, _ => -3), [0.0], ParameterGrid.Over(Wide), null, Cancellation);
        var population = new PopulationLikelihood([new("1", flat), new("2", flat)]);
        var values = new double[3];
        population.Evaluate([], [0, 0, 0, 0, 9.9, -19, 1, 3, -5, 5, -3, 2], values);
        Assert.All(values, value => Assert.Equal(-6, value, 1e-6));
    }

    [Fact]
    public void One_object_or_different_ranges_are_refused()
    {
        var (objects, _, _) = Mock(2, 1, 1);
        Assert.Throws<ArgumentException>(() => new PopulationLikelihood(objects[..1]));
        var narrow = new ParameterGrid([new("a", -1, 1, 40), new("b", -1, 1, 40)]);
        var other = LikelihoodCube.Evaluate(new GaussianLikelihood([1, 1]), [0, 0], narrow, null, Cancellation);
        Assert.Throws<ArgumentException>(() => new PopulationLikelihood([objects[0], new("other", other)]));
    }

    private static (NamedCube[] Objects, double[] Data, double[] Errors) Mock(int count, double scatterA, double scatterB)
    {
        var stream = new Seed(17).Stream();
        var grid = ParameterGrid.Over(Wide, 100);
        var objects = new NamedCube[count];
        var (data, errors) = (new double[2 * count], new double[2 * count]);
        for (var i = 0; i < count; i++)
        {
            double[] s = [stream.NextUniform(0.3, 0.8), stream.NextUniform(0.8, 1.5)];
            double[] x = [0.2 + scatterA * stream.NextNormal() + s[0] * stream.NextNormal(), 1 + scatterB * stream.NextNormal() + s[1] * stream.NextNormal()];
            (data[2 * i], data[2 * i + 1], errors[2 * i], errors[2 * i + 1]) = (x[0], x[1], s[0], s[1]);
            objects[i] = new($"object {i}", LikelihoodCube.Evaluate(new GaussianLikelihood(s), x, grid, null, Cancellation));
        }
        return (objects, data, errors);
    }
}
