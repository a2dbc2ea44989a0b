using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;
using static TorchSharp.torch;

namespace ClusterSurvey.Inference.Tests.Flows;

/// <summary>The classifier of ratio estimation against autograd.</summary>
public class RatioNetworkTests
{
    private const int Contrasts = 9;

    // conditions, variables, hidden units, hidden layers, pairs
    public static TheoryData<int, int, int, int, int> Sizes => new() { { 1, 1, 8, 1, 40 }, { 3, 12, 50, 2, 200 }, { 2, 4, 17, 3, 33 } };

    [Theory, MemberData(nameof(Sizes))]
    public void Loss_and_gradient_equal_those_of_autograd_and_reach_every_weight(int conditions, int variables, int units, int layers, int pairs)
    {
        var (network, theta, x) = Make(conditions, variables, units, layers, pairs);
        var byHand = new float[network.Parameters.Length];
        var loss = network.Objective.Gradient(theta, x, pairs, byHand);
        Assert.All(byHand, g => Assert.NotEqual(0, g));

        using var byTorch = new TorchMaskedAutoregressiveFlow(network.Layout, network.Parameters);
        using var scope = NewDisposeScope();
        var weights = tensor(network.Parameters).requires_grad_();
        var torchLoss = TorchLoss(byTorch, weights, tensor(theta, pairs, conditions), tensor(x, pairs, variables), pairs);
        torchLoss.backward();
        var gradient = weights.grad!.data<float>().ToArray();
        Assert.Equal(torchLoss.item<float>(), loss, 1e-5);
        // Measured: at most 6e-7 of the largest.
        var largest = gradient.Max(Math.Abs);
        for (var i = 0; i < gradient.Length; i++) Assert.Equal(gradient[i], byHand[i], 3e-6 * largest);

        var perPair = new double[pairs];
        network.Objective.LogDensity(theta, x, pairs, perPair);
        Assert.Equal(loss, -perPair.Average(), 1e-5);
    }

    [Fact]
    public void One_under_many_conditions_is_what_pairs_are()
    {
        var (network, theta, x) = Make(3, 12, 50, 2, 300);
        double[] pairwise = new double[300], one = new double[300];
        network.LogDensity(theta, [.. Enumerable.Repeat(x[..12], 300).SelectMany(r => r)], 300, pairwise);
        network.LogDensityOfOne(theta, x.AsSpan(0, 12), 300, one);
        Assert.Equal(pairwise, one);
    }

    [Fact]
    public void A_single_pair_has_nothing_to_be_told_from()
    {
        var (network, theta, x) = Make(2, 4, 8, 1, 1);
        var gradient = new float[network.Parameters.Length];
        Assert.Equal(0, network.Objective.Gradient(theta, x, 1, gradient));
        Assert.All(gradient, g => Assert.Equal(0, g));
    }

    [Fact]
    public void Same_seed_gives_the_same_weights_and_another_seed_others()
    {
        float[] Weights(ulong seed) => new RatioNetwork(new Seed(seed), new FlowArchitecture(), 12, 3).Parameters;
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
    }

    private static Tensor TorchLoss(TorchMaskedAutoregressiveFlow torchNetwork, Tensor weights, Tensor theta, Tensor x, int pairs)
    {
        var stride = pairs / (Contrasts + 1);
        var logRatios = stack([.. Enumerable.Range(0, Contrasts + 1).Select(k => torchNetwork.Network(weights, 0, theta.roll(-k * stride, 0), x).squeeze(1))]);
        var none = full(1, pairs, (float)Math.Log(Contrasts));
        var with = cat([none, logRatios.narrow(0, 0, Contrasts)]).logsumexp(0);
        var without = cat([none, logRatios.narrow(0, 1, Contrasts)]).logsumexp(0);
        return 0.5f * (with - logRatios[0] + without - (float)Math.Log(Contrasts)).mean();
    }

    private static (RatioNetwork Network, float[] Theta, float[] X) Make(int conditions, int variables, int units, int layers, int pairs)
    {
        var network = new RatioNetwork(new Seed(7), new FlowArchitecture { HiddenUnits = units, HiddenLayers = layers }, variables, conditions);
        var last = network.Layout.Layers(0)[^1];
        foreach (ref var weight in network.Parameters.AsSpan(last.WeightOffset, last.End - last.WeightOffset)) weight *= 300;
        float[] theta = new float[pairs * conditions], x = new float[pairs * variables];
        new Seed(8).Stream().FillNormal(theta.AsSpan());
        new Seed(9).Stream().FillNormal(x.AsSpan());
        return (network, theta, x);
    }
}
