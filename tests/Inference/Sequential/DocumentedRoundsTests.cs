using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Sequential;

namespace ClusterSurvey.Inference.Tests.Sequential;

// The page leaves cancellation out.
#pragma warning disable xUnit1051

/// <summary>The example of docs/inference.md, line by line.</summary>
public class DocumentedRoundsTests
{
    [Fact]
    public void Posterior_and_likelihood_in_rounds_find_the_truth_of_the_example()
    {
        var prior = new Prior([new("a", new UniformDistribution(-1, 1)), new("b", new UniformDistribution(-1, 1))]);
        Simulator simulator = (seed, theta, x) =>
        {
            var random = seed.Stream();
            x[0] = theta[0] + 0.02 * random.NextNormal();
            x[1] = theta[1] + theta[0] * theta[0] + 0.02 * random.NextNormal();
        };
        double[] observed = [0.3, 0.4];
        var options = new SequentialOptions { Rounds = 3, SimulationsPerRound = 300 };
        var posterior = SequentialPosterior.Train(new Seed(1), prior, simulator, observed, options);
        var draws = posterior.Sample(new Seed(2), observed, 1000);
        var likelihood = SequentialLikelihood.Train(new Seed(1), prior, simulator, observed, options);
        var summary = GridPosterior.Compute(prior, likelihood, observed).Summarize();

        Assert.Equal(0.3, Enumerable.Range(0, 1000).Average(i => draws[2 * i]), 0.01);
        Assert.Equal(0.31, Enumerable.Range(0, 1000).Average(i => draws[2 * i + 1]), 0.01);
        Assert.Equal(0.3, summary[0].Median, 0.01);
        Assert.Equal(0.02, summary[0].StandardDeviation, 0.005);
        Assert.Equal(0.31, summary[1].Median, 0.01);
    }
}
