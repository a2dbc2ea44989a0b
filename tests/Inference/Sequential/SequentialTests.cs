using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Sequential;
using ClusterSurvey.Inference.Tests.Methods;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Sequential;

public class SequentialTests
{
    private static readonly double[] Truth = [0.8, -0.6], X = [0.8 + 0.5 * 0.36 + 0.02, -0.6 + 0.5 * Math.Sin(1.6) - 0.03];

    private static readonly LinearGaussian Problem = new();
    private static readonly double[] LinearX = Problem.Mean([0.4f, -0.9f]);
    private static readonly EnsembleOptions OneNetwork = new() { Networks = 1 };
    private static readonly SequentialOptions Two = new() { Rounds = 2, SimulationsPerRound = 500, Ensemble = OneNetwork };

    [Fact]
    public void Three_rounds_are_much_sharper_than_one_with_as_many_simulations()
    {
        var three = SequentialPosterior.Train(new Seed(1), BentNeedle.Prior, BentNeedle.Simulator, X,
            new() { Rounds = 3, SimulationsPerRound = 300, Ensemble = OneNetwork }, cancellation: TestContext.Current.CancellationToken);
        var one = SequentialPosterior.Train(new Seed(1), BentNeedle.Prior, BentNeedle.Simulator, X,
            new() { Rounds = 1, SimulationsPerRound = 900, Ensemble = OneNetwork }, cancellation: TestContext.Current.CancellationToken);
        double sharp = Distance(three), blunt = Distance(one);
        Assert.True(sharp < 0.2 && sharp < 0.6 * blunt, $"total variation {sharp} after three rounds, {blunt} after one");
    }

    [Fact]
    public void Likelihoods_gain_from_rounds_too()
    {
        NeuralLikelihood Train(int rounds, int simulations) => SequentialLikelihood.Train(new Seed(1), BentNeedle.Prior, BentNeedle.Simulator, X,
            new() { Rounds = rounds, SimulationsPerRound = simulations, Ensemble = OneNetwork }, cancellation: TestContext.Current.CancellationToken);
        double sharp = Distance(Train(3, 200)), blunt = Distance(Train(1, 600));
        Assert.True(sharp < 0.15 && sharp < 0.8 * blunt, $"total variation {sharp} after three rounds, {blunt} after one");
    }

    [Fact]
    public void Posteriors_in_rounds_agree_with_that_of_a_linear_gaussian_problem()
    {
        var posterior = SequentialPosterior.Train(new Seed(1), BentNeedle.Prior, Problem.Simulate, LinearX, Two, cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(LinearDistance(theta =>
        {
            var density = new double[theta.Length / 2];
            posterior.Evaluate(LinearX, theta, density);
            return density;
        }), 0, 0.12);
    }

    // A control: the likelihood of another observation is far off.
    [Fact]
    public void Likelihoods_in_rounds_agree_with_that_of_a_linear_gaussian_problem()
    {
        var likelihood = SequentialLikelihood.Train(new Seed(1), BentNeedle.Prior, Problem.Simulate, LinearX, Two, cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(LinearDistance(theta => OnGrid(LinearX, theta)), 0, 0.12);
        Assert.True(LinearDistance(theta => OnGrid(Problem.Mean([0, -0.9f]), theta)) > 0.4);

        double[] OnGrid(double[] x, double[] theta)
        {
            var posterior = GridPosterior.Compute(BentNeedle.Prior, likelihood, x, cancellation: TestContext.Current.CancellationToken);
            return [.. theta.Chunk(2).Select(row => posterior.LogDensity(row))];
        }
    }

    [Fact]
    public void Same_seed_gives_the_same_bits_and_progress_is_told()
    {
        var heard = new Heard();
        NeuralPosterior Train(ulong seed, IProgress<SequentialProgress>? progress = null) => SequentialPosterior.Train(new Seed(seed), BentNeedle.Prior, BentNeedle.Simulator, X, new()
        {
            Rounds = 2,
            SimulationsPerRound = 40,
            Ensemble = new() { Networks = 2, Architecture = new FlowArchitecture { Transforms = 2, HiddenUnits = 8 }, Training = new TrainingOptions { MaxEpochs = 2 } },
        }, progress, TestContext.Current.CancellationToken);
        double[] Draws(NeuralPosterior posterior) => posterior.Sample(new Seed(5), X, 10);
        var first = Draws(Train(1, heard));
        Assert.Equal(first, Draws(Train(1)));
        Assert.NotEqual(first, Draws(Train(2)));
        Assert.Equal((2, 40), (heard.Last.Round, heard.Last.Simulated));
        Assert.Equal(2, heard.Last.Training!.Value.Network);
    }

    [Fact]
    public void Cancellation_ends_the_simulations()
    {
        using var source = new CancellationTokenSource();
        var calls = 0;
        void Simulate(Seed seed, ReadOnlySpan<double> theta, Span<double> x)
        {
            BentNeedle.Simulator(seed, theta, x);
            if (++calls == 7) source.Cancel();
        }
        Assert.Throws<OperationCanceledException>(() => SequentialPosterior.Train(new Seed(1), BentNeedle.Prior, Simulate, X, cancellation: source.Token));
        Assert.Equal(7, calls);
    }

    [Fact]
    public void What_cannot_be_learnt_from_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SequentialPosterior.Train(new Seed(1), BentNeedle.Prior, BentNeedle.Simulator, [double.NaN, 0], cancellation: TestContext.Current.CancellationToken));
        var problem = Assert.Throws<ArgumentException>(() => SequentialPosterior.Train(new Seed(1), BentNeedle.Prior, (_, _, x) => x.Fill(double.NaN), X, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("x row 0", problem.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => new SequentialOptions { Rounds = 0 }.Validate());
        Assert.ThrowsAny<ArgumentException>(() => new SequentialOptions { SimulationsPerRound = 1 }.Validate());
        Assert.ThrowsAny<ArgumentException>(() => new SequentialOptions { TruncatedShare = 0 }.Validate());
    }

    // Total variation between a posterior and the exact one, theta uniform in [-2, 2]^2.
    private static double LinearDistance(Func<double[], double[]> logDensity)
    {
        const int side = 100;
        double[] theta = [.. Enumerable.Range(0, side * side).SelectMany(i => (double[])[-2 + (i / side + 0.5) * 4 / side, -2 + (i % side + 0.5) * 4 / side])];
        float[] x = Array.ConvertAll(LinearX, value => (float)value);
        double[] learnt = logDensity(theta), exact = [.. theta.Chunk(2).Select(row => Math.Exp(Problem.LogLikelihood([(float)row[0], (float)row[1]], x)))];
        var evidence = exact.Sum();
        return 0.5 * exact.Zip(learnt, (p, q) => Math.Abs(p / evidence - Math.Exp(q) * 16 / (side * side))).Sum();
    }

    private static double Distance(NeuralPosterior posterior) => BentNeedle.TotalVariation(X, Truth, (theta, density) => posterior.Evaluate(X, theta, density));

    private static double Distance(NeuralLikelihood likelihood)
    {
        var posterior = GridPosterior.Compute(BentNeedle.Prior, likelihood, X, cancellation: TestContext.Current.CancellationToken);
        return BentNeedle.TotalVariation(X, Truth, (theta, density) =>
        {
            for (var i = 0; i < density.Length; i++) density[i] = posterior.LogDensity(theta.AsSpan(2 * i, 2));
        });
    }

    private sealed class Heard : IProgress<SequentialProgress>
    {
        public SequentialProgress Last { get; private set; }

        public void Report(SequentialProgress value) => Last = value;
    }
}
