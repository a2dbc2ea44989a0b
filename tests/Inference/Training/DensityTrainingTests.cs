using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;
using ClusterSurvey.Inference.Tests.Methods;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Tests.Training;

public class DensityTrainingTests
{
    private static readonly FlowArchitecture Architecture = new() { Transforms = 2, HiddenUnits = 12 };

    [Fact]
    public void Training_through_torch_takes_the_same_course_as_by_hand()
    {
        var pairs = Standardized(new Seed(1), new LinearGaussian().Pairs(new Seed(2), 400), 0.1);
        var options = new TrainingOptions { MaxEpochs = 5 };
        var byHand = new MaskedAutoregressiveFlow(new Seed(3), Architecture, LinearGaussian.Data, LinearGaussian.Parameters);
        using var byTorch = new TorchMaskedAutoregressiveFlow(byHand.Layout, [.. byHand.Parameters]);
        var hand = new DensityTraining(new Seed(4), byHand, pairs, options).Run(null, TestContext.Current.CancellationToken);
        var torch = new DensityTraining(new Seed(4), byTorch, pairs, options).Run(null, TestContext.Current.CancellationToken);
        for (var i = 0; i < 5; i++) Assert.Equal(torch.ValidationLoss[i], hand.ValidationLoss[i], 1e-3);
        Assert.True(hand.ValidationLoss[4] < hand.ValidationLoss[0] - 0.3);
    }

    [Fact]
    public void The_weights_kept_are_those_of_the_best_epoch()
    {
        var pairs = Standardized(new Seed(1), new LinearGaussian().Pairs(new Seed(2), 100), 0.2);
        var options = new TrainingOptions { Patience = 5, WeightDecay = 0, LearningRate = 0.02 };
        var flow = new MaskedAutoregressiveFlow(new Seed(3), Architecture, LinearGaussian.Data, LinearGaussian.Parameters);
        var history = new DensityTraining(new Seed(4), flow, pairs, options).Run(null, TestContext.Current.CancellationToken);
        var best = history.ValidationLoss.Min();
        Assert.Equal(best, history.ValidationLoss[history.BestEpoch - 1]);
        Assert.True(history.ValidationLoss[^1] > best);
        Assert.Equal(-best - pairs.Variables.LogScaleSum, history.ValidationLogProb, 1e-9);
        Assert.Equal(history.BestEpoch + 5, history.Epochs);
    }

    [Fact]
    public void Standardisation_is_measured_on_the_training_rows_alone()
    {
        var (theta, x) = new LinearGaussian().Simulate(new Seed(2), 100);
        var first = Standardized(new Seed(1), new InMemoryPairs(theta, x, 2, 4), 0.2);
        foreach (var row in first.Validation) x[row * 4] += 1000;
        var second = Standardized(new Seed(1), new InMemoryPairs(theta, x, 2, 4), 0.2);
        Assert.Equal(first.Variables.Centre, second.Variables.Centre);
        x[first.Training[0] * 4] += 1;
        Assert.NotEqual(first.Variables.Centre, Standardized(new Seed(1), new InMemoryPairs(theta, x, 2, 4), 0.2).Variables.Centre);
    }

    [Fact]
    public void A_training_that_runs_away_says_so()
    {
        var pairs = Standardized(new Seed(1), new LinearGaussian().Pairs(new Seed(2), 100), 0.2);
        var flow = new MaskedAutoregressiveFlow(new Seed(3), Architecture, LinearGaussian.Data, LinearGaussian.Parameters);
        flow.Parameters[0] = float.NaN;
        var problem = Assert.Throws<TrainingFailedException>(() => new DensityTraining(new Seed(4), flow, pairs, new()).Run(null, TestContext.Current.CancellationToken));
        Assert.Contains("epoch 1", problem.Message, StringComparison.Ordinal);
    }

    private static StandardizedPairs Standardized(Seed seed, InMemoryPairs pairs, double validationFraction) => new(seed, pairs, validationFraction,
        (conditions, variables) => PairScales.Measure(conditions, variables, pairs.ParameterCount, pairs.DataCount, ("theta", "x"), withTrend: false));
}
