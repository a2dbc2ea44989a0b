using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Tests.Posteriors;

public sealed class JointPosteriorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly Prior Box = new([new("a", new UniformDistribution(-2, 1)), new("b", new UniformDistribution(-2, 1)), new("c", new UniformDistribution(0, 7))]);

    [Fact]
    public void Sixty_four_cached_Gaussians_give_their_exact_product()
    {
        var (objects, expected, deviations) = Survey(64);
        var joint = JointPosterior.From(Box, objects);
        var summaries = joint.Posterior.Summarize();
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(0, (summaries[j].Median - expected[j]) / deviations[j], 0.001);
            Assert.Equal(1, (summaries[j].High68 - summaries[j].Low68) / 2 / deviations[j], 0.001);
        }
        Assert.Equal(0, joint.Posterior.InterpolationError, 1e-6);
    }

    /// <summary>Objects that count events: ln L = sum over data of n ln(rate) - rate, rate = exp(theta), far from quadratic.</summary>
    [Fact]
    public void Cubes_that_are_no_parabolas_give_the_posterior_of_their_likelihoods_to_a_stated_error()
    {
        var prior = new Prior([new("a", new UniformDistribution(-3, 6)), new("b", new UniformDistribution(-3, 6)), new("c", new UniformDistribution(-3, 6))]);
        var stream = new Seed(6).Stream();
        var objects = Enumerable.Range(0, 64).Select(i => ($"o{i}", (ILikelihood)new CountLikelihood(1 + i % 3), Counts(stream, 1 + i % 3))).ToArray();
        var exact = JointPosterior.Compute(prior, objects, cancellation: Cancellation).Posterior;
        var grid = ParameterGrid.Over(prior);
        var cubes = objects.Select(o => new NamedCube(o.Item1, LikelihoodCube.Evaluate(o.Item2, o.Item3, grid, null, Cancellation))).ToArray();
        var cached = JointPosterior.From(prior, cubes).Posterior;
        for (var j = 0; j < 3; j++)
        {
            // The widths are 0.38, 0.23 and 0.14 cells of the cached grid. The events of one parameter: rate ~ Gamma(sum of counts, data), and theta = ln(rate), prior flat in theta.
            var (data, events) = (objects.Sum(o => o.Item3.Length / 3.0), objects.Sum(o => Enumerable.Range(0, o.Item3.Length / 3).Sum(i => o.Item3[3 * i + j])));
            var median = Math.Log(MathNet.Numerics.Distributions.Gamma.InvCDF(events, data, 0.5));
            var width = exact.Marginal(j).StandardDeviation;
            Assert.Equal(0, (exact.Marginal(j).Quantile(0.5) - median) / width, 0.005);
            Assert.Equal(0, (cached.Marginal(j).Quantile(0.5) - median) / width, 0.02);
            Assert.Equal(1, cached.Marginal(j).StandardDeviation / width, 0.02);
        }
        Assert.InRange(cached.InterpolationError, 0.02, 0.2);
        Assert.True(exact.InterpolationError < cached.InterpolationError / 10);
    }

    [Fact]
    public void An_object_that_dominates_or_contradicts_the_rest_is_seen()
    {
        var (objects, expected, deviations) = Survey(12);
        double[] wrong = [expected[0] + 12 * deviations[0], expected[1], expected[2]];
        var certain = LikelihoodCube.Evaluate(new GaussianLikelihood([2 * deviations[0], 1, 1]), wrong, ParameterGrid.Over(Box), cancellation: Cancellation);
        var contributions = JointPosterior.From(Box, [.. objects, new("certain", certain)]).Contributions(Cancellation);
        var worst = contributions.MaxBy(one => one.InformationGain)!;
        Assert.Equal("certain", worst.Name);
        // Weights 1 and 1/4 of the rest and of the stranger: it moves the mean by 12 / 5 of a deviation, and leaves the others alone.
        Assert.Equal(2.4, worst.MeanShift[0], 0.03);
        Assert.Equal(Math.Sqrt(0.8), worst.WidthRatio[0], 0.01);
        Assert.Equal(0, worst.MeanShift[1], 0.2);
        Assert.All(contributions.Where(one => one != worst), one => Assert.True(one.InformationGain < worst.InformationGain / 2));
        Assert.True(worst.LogLikelihoodRange > 2 * contributions.Where(one => one != worst).Max(one => one.LogLikelihoodRange));
    }

    [Fact]
    public void A_cap_bounds_what_one_object_can_say_against_a_parameter()
    {
        var (objects, expected, deviations) = Survey(12);
        double[] wrong = [expected[0] + 12 * deviations[0], expected[1], expected[2]];
        var certain = new NamedCube("certain", LikelihoodCube.Evaluate(new GaussianLikelihood([0.5 * deviations[0], 5, 5]), wrong, ParameterGrid.Over(Box), null, Cancellation));
        var free = JointPosterior.From(Box, [.. objects, certain]).Posterior.Marginal(0).Quantile(0.5);
        var capped = JointPosterior.From(Box, [.. objects, certain], largestDepth: 10).Posterior.Marginal(0).Quantile(0.5);
        Assert.True((free - expected[0]) / deviations[0] > 9);
        Assert.Equal(0, (capped - expected[0]) / deviations[0], 0.5);
    }

    [Fact]
    public void Objects_of_different_sizes_evaluate_as_the_sum_of_their_likelihoods()
    {
        var joint = new JointLikelihood([new CountLikelihood(1), new CountLikelihood(2)]);
        Assert.Equal(9, joint.DataCount);
        double[] x = [1, 2, 3, 4, 5, 6, 7, 8, 9], theta = [0.1, 0.2, 0.3];
        double[] all = new double[1], one = new double[1], two = new double[1];
        joint.Evaluate(x, theta, all);
        new CountLikelihood(1).Evaluate(x.AsSpan(0, 3), theta, one);
        new CountLikelihood(2).Evaluate(x.AsSpan(3), theta, two);
        Assert.Equal(one[0] + two[0], all[0], 1e-12);
        Assert.Throws<ArgumentException>(() => new JointLikelihood([new CountLikelihood(1), new GaussianLikelihood([1])]));
        Assert.Throws<ArgumentException>(() => new JointLikelihood([]));
    }

    [Fact]
    public void Objects_that_cannot_be_joined_are_refused()
    {
        var (objects, _, _) = Survey(2);
        var other = LikelihoodCube.Evaluate(new GaussianLikelihood([1, 1, 1]), [0, 0, 0], ParameterGrid.Over(Box, 20), cancellation: Cancellation);
        Assert.Throws<ArgumentException>(() => JointPosterior.From(Box, [objects[0], objects[0]]));
        Assert.Throws<ArgumentException>(() => JointPosterior.From(Box, [objects[0], new("other", other)]));
        Assert.Throws<ArgumentException>(() => JointPosterior.From(Box, []));
        Assert.Throws<InvalidOperationException>(() => JointPosterior.From(Box, [objects[0]]).Contributions(Cancellation));
    }

    /// <summary>Objects that measure one theta with errors of their own, and the exact product of their likelihoods.</summary>
    private static (NamedCube[] Objects, double[] Mean, double[] Deviations) Survey(int count)
    {
        double[] truth = [-0.5, -0.7, 3.6], mean = new double[3], precision = new double[3];
        var stream = new Seed(21).Stream();
        var grid = ParameterGrid.Over(Box);
        var objects = new NamedCube[count];
        for (var i = 0; i < count; i++)
        {
            double[] deviations = [stream.NextUniform(0.2, 0.6), stream.NextUniform(0.2, 0.6), stream.NextUniform(0.5, 1.5)];
            var x = new double[3];
            for (var j = 0; j < 3; j++)
            {
                x[j] = truth[j] + deviations[j] * stream.NextNormal();
                precision[j] += 1 / (deviations[j] * deviations[j]);
                mean[j] += x[j] / (deviations[j] * deviations[j]);
            }
            objects[i] = new($"cluster {i}", LikelihoodCube.Evaluate(new GaussianLikelihood(deviations), x, grid, null, Cancellation));
        }
        return (objects, [.. mean.Zip(precision, (m, p) => m / p)], Array.ConvertAll(precision, p => 1 / Math.Sqrt(p)));
    }

    private static double[] Counts(RandomStream stream, int repeats) =>
        [.. Enumerable.Range(0, 3 * repeats).Select(i => (double)stream.NextPoisson(Math.Exp(i % 3)))];

    private sealed class CountLikelihood(int repeats) : ILikelihood
    {
        public int ParameterCount => 3;

        public int DataCount => 3 * repeats;

        public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> logLikelihood)
        {
            for (var i = 0; i < logLikelihood.Length; i++)
            {
                logLikelihood[i] = 0;
                for (var k = 0; k < x.Length; k++) logLikelihood[i] += x[k] * theta[3 * i + k % 3] - Math.Exp(theta[3 * i + k % 3]);
            }
        }
    }
}
