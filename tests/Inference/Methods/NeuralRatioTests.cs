using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.ModelFiles;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Methods;

public class NeuralRatioTests
{
    private const int Side = 100;
    private const double Cell = 16.0 / (Side * Side);

    private static readonly LinearGaussian Problem = new();
    private static readonly Prior Prior = new([new("a", new UniformDistribution(-2, 2)), new("b", new UniformDistribution(-2, 2))]);
    private static readonly Lazy<NeuralRatio> Trained = new(() => NeuralRatio.Train(new Seed(1), Problem.Pairs(new Seed(2), 4000), new() { Networks = 1 }));

    [Fact]
    public void Learns_the_posterior_of_a_linear_gaussian_problem_normalised()
    {
        var (_, x) = Problem.Simulate(new Seed(3), 10);
        var pairs = Enumerable.Range(0, 10).Select(i => Compare(Trained.Value, x.AsSpan(4 * i, 4))).ToArray();
        Assert.InRange(pairs.Average(p => p.TotalVariation), 0, 0.12);
        // Contrastive estimation learns the ratio itself: with the prior it integrates to one.
        Assert.InRange(pairs.Average(p => p.Integral), 0.9, 1.1);
    }

    // Ten rows a thousand times too large: a scale from the plain deviation would press all others together to a few per cent of a standard deviation.
    [Fact]
    public void A_few_wild_simulations_do_not_spoil_it()
    {
        var (theta, x) = Problem.Simulate(new Seed(2), 4000);
        for (var i = 0; i < 10 * LinearGaussian.Data; i++) x[400 * LinearGaussian.Data * (i / LinearGaussian.Data) + i % LinearGaussian.Data] *= 1000;
        var trained = NeuralRatio.Train(new Seed(1), new InMemoryPairs(theta, x, 2, 4), new() { Networks = 1 }, cancellation: TestContext.Current.CancellationToken);
        var (_, looks) = Problem.Simulate(new Seed(3), 10);
        Assert.InRange(Enumerable.Range(0, 10).Average(i => Compare(trained, looks.AsSpan(4 * i, 4)).TotalVariation), 0, 0.15);
    }

    [Fact]
    public void Trained_on_shuffled_data_it_knows_nothing()
    {
        var (theta, x) = Problem.Simulate(new Seed(2), 1000);
        float[] shuffled = [.. theta.Chunk(2).Reverse().SelectMany(row => row)];
        var control = NeuralRatio.Train(new Seed(1), new InMemoryPairs(shuffled, x, 2, 4), new() { Networks = 1 }, cancellation: TestContext.Current.CancellationToken);
        Assert.True(Compare(control, Problem.Simulate(new Seed(3), 1).X).TotalVariation > 0.5);
    }

    [Fact]
    public void Grids_take_it_as_a_likelihood()
    {
        double[] x = Problem.Mean([0.5f, -0.5f]);
        var posterior = GridPosterior.Compute(Prior, Trained.Value, x, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0.5, posterior.Summarize()[0].Median, 0.1);
        Assert.Equal(-0.5, posterior.Summarize()[1].Median, 0.1);
    }

    [Fact]
    public void A_model_comes_back_bit_for_bit_and_is_no_likelihood()
    {
        var options = new EnsembleOptions { Architecture = new FlowArchitecture { HiddenUnits = 10 }, Training = new TrainingOptions { MaxEpochs = 2 }, Networks = 2 };
        NeuralRatio Train(ulong seed) => NeuralRatio.Train(new Seed(seed), Problem.Pairs(new Seed(5), 200), options, cancellation: TestContext.Current.CancellationToken);
        var model = Train(1);
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        var loaded = NeuralRatio.Load(file);
        double[] Ratios(NeuralRatio ratio)
        {
            var values = new double[2];
            ratio.LogRatio([0.1, 0.7, 1.9, -1], [1, 2, 3, 4, 0, 1, 0, 1], values);
            return values;
        }
        Assert.Equal(Ratios(model), Ratios(loaded));
        Assert.Equal(Ratios(model), Ratios(Train(1)));
        Assert.NotEqual(Ratios(model), Ratios(Train(2)));
        file.Position = 0;
        Assert.Contains("method 'nre', expected 'nle'", Assert.Throws<ModelFileException>(() => NeuralLikelihood.Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_that_the_prior_excludes_are_named()
    {
        var narrow = new Prior([new("a", new UniformDistribution(-2, 2)), new("b", new UniformDistribution(-0.5, 2))]);
        var problem = Assert.Throws<ArgumentException>(() => PriorSupport.Require(narrow, Problem.Pairs(new Seed(5), 200), TestContext.Current.CancellationToken));
        Assert.Contains("has b = -", problem.Message, StringComparison.Ordinal);
        PriorSupport.Require(Prior, Problem.Pairs(new Seed(5), 200), TestContext.Current.CancellationToken);
    }

    private static (double TotalVariation, double Integral) Compare(NeuralRatio ratio, ReadOnlySpan<float> x)
    {
        double[] grid = [.. Enumerable.Range(0, Side * Side).SelectMany(i => (double[])[-2 + (i / Side + 0.5) * 4 / Side, -2 + (i % Side + 0.5) * 4 / Side])];
        double[] learnt = new double[Side * Side], exact = new double[Side * Side];
        ratio.Evaluate([x[0], x[1], x[2], x[3]], grid, learnt);
        for (var i = 0; i < exact.Length; i++) exact[i] = Math.Exp(Problem.LogLikelihood([(float)grid[2 * i], (float)grid[2 * i + 1]], x));
        double evidence = exact.Sum() * Cell, integral = learnt.Sum(Math.Exp) * Cell;
        return (0.5 * exact.Zip(learnt, (p, r) => Math.Abs(p / evidence - Math.Exp(r) / integral)).Sum() * Cell, integral / 16);
    }
}
