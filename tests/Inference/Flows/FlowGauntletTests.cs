using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;
using TorchSharp;

namespace ClusterSurvey.Inference.Tests.Flows;

/// <summary>Every flow goes through the same tests, whatever its size.</summary>
public class FlowGauntletTests
{
    private const int Pairs = 333;

    public static TheoryData<int, int, int, int, int, int> Sizes => new()
    {
        // variables, conditions, transforms, hidden units, hidden layers, bins of the splines
        { 1, 2, 2, 20, 2, 0 },
        { 2, 1, 3, 30, 2, 0 },
        { 5, 3, 4, 17, 1, 0 },
        { 12, 3, 5, 50, 2, 0 },
        { 9, 4, 3, 7, 3, 0 },
        { 1, 2, 2, 20, 2, 2 },
        { 2, 1, 3, 30, 2, 8 },
        { 5, 3, 4, 17, 1, 5 },
        { 12, 3, 3, 50, 2, 8 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void Log_density_and_gradient_equal_those_of_autograd(int variables, int conditions, int transforms, int units, int layers, int bins)
    {
        var (flow, z, x) = Make(variables, conditions, transforms, units, layers, bins);
        using var torchFlow = new TorchMaskedAutoregressiveFlow(flow.Layout, flow.Parameters);
        float[] byHand = new float[flow.Parameters.Length], byTorch = new float[flow.Parameters.Length];
        var loss = flow.Gradient(z, x, Pairs, byHand);
        var torchLoss = torchFlow.Gradient(z, x, Pairs, byTorch);
        Assert.Equal(torchLoss, loss, 1e-5 * Math.Max(1, Math.Abs(loss)));
        // Measured: at most 4.6e-7 of the largest, 2.1e-6 with splines.
        var largest = byTorch.Max(Math.Abs);
        for (var i = 0; i < byHand.Length; i++) Assert.Equal(byTorch[i], byHand[i], (bins > 0 ? 6e-6 : 2e-6) * largest);

        double[] density = new double[Pairs], torchDensity = new double[Pairs];
        flow.LogDensity(z, x, Pairs, density);
        torchFlow.LogDensity(z, x, Pairs, torchDensity);
        for (var i = 0; i < Pairs; i++) Assert.Equal(torchDensity[i], density[i], 1e-5 * Math.Max(1, Math.Abs(density[i])));
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Gradients_reach_every_weight_that_is_not_masked_and_no_other(int variables, int conditions, int transforms, int units, int layers, int bins)
    {
        var (flow, z, x) = Make(variables, conditions, transforms, units, layers, bins);
        var gradient = new float[flow.Parameters.Length];
        flow.Gradient(z, x, Pairs, gradient);
        for (var t = 0; t < transforms; t++)
        {
            foreach (var layer in flow.Layout.Layers(t))
            {
                for (var j = 0; j < layer.Outputs; j++)
                {
                    Assert.NotEqual(0, gradient[layer.BiasOffset + j]);
                    for (var k = 0; k < layer.Inputs; k++) Assert.Equal(k < layer.Visible[j], gradient[layer.WeightOffset + j * layer.Inputs + k] != 0);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Inverse_undoes_the_flow(int variables, int conditions, int transforms, int units, int layers, int bins)
    {
        var (flow, z, x) = Make(variables, conditions, transforms, units, layers, bins);
        float[] u = new float[x.Length], back = new float[x.Length];
        flow.Forward(z, x, u, new float[Pairs]);
        flow.Inverse(z, u, Pairs, back);
        var worst = Enumerable.Range(0, x.Length).Max(i => Math.Abs(x[i] - back[i]));
        // Measured: 1.5e-6; 1.6e-4 where splines are steep.
        Assert.InRange(worst, 0, bins > 0 ? 5e-4f : 1e-5f);
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Log_determinant_is_that_of_the_jacobian_by_autograd(int variables, int conditions, int transforms, int units, int layers, int bins)
    {
        var (flow, z, x) = Make(variables, conditions, transforms, units, layers, bins);
        using var torchFlow = new TorchMaskedAutoregressiveFlow(flow.Layout, flow.Parameters);
        using var scope = torch.NewDisposeScope();
        var logDeterminant = new float[Pairs];
        flow.Forward(z, x, new float[x.Length], logDeterminant);
        for (var row = 0; row < 5; row++)
        {
            var input = torch.tensor(x[(row * variables)..((row + 1) * variables)], 1, variables).requires_grad_();
            var condition = torch.tensor(z[(row * conditions)..((row + 1) * conditions)], 1, conditions);
            var (u, _) = torchFlow.Forward(torch.tensor(flow.Parameters), condition, input);
            var rows = Enumerable.Range(0, variables).Select(i => torch.autograd.grad([u[0, i]], [input], retain_graph: true)[0].view(1, -1)).ToArray();
            var expected = torch.cat(rows).to_type(torch.ScalarType.Float64).det().abs().log().item<double>();
            Assert.Equal(expected, logDeterminant[row], 1e-3);
        }
    }

    [Theory, InlineData(0), InlineData(8)]
    public void One_dimensional_density_integrates_to_one(int bins)
    {
        var (flow, z, _) = Make(1, 2, 2, 20, 2, bins);
        const int points = 20_000;
        const double half = 60;
        var grid = new float[points];
        for (var i = 0; i < points; i++) grid[i] = (float)(-half + (i + 0.5) * 2 * half / points);
        Assert.Equal(1, Integral(flow, z[..2], grid, points, 2 * half / points), 1e-5);
    }

    [Theory, InlineData(0), InlineData(8)]
    public void Two_dimensional_density_integrates_to_one(int bins)
    {
        var (flow, z, _) = Make(2, 1, 3, 30, 2, bins, 0.6);
        var side = bins > 0 ? 1000 : 300;
        const double half = 25;
        var grid = new float[2 * side * side];
        for (var i = 0; i < side * side; i++)
        {
            grid[2 * i] = (float)(-half + (i / side + 0.5) * 2 * half / side);
            grid[2 * i + 1] = (float)(-half + (i % side + 0.5) * 2 * half / side);
        }
        Assert.Equal(1, Integral(flow, z[..1], grid, side * side, 4 * half * half / side / side), bins > 0 ? 1e-4 : 1e-5);
    }

    [Fact]
    public void Same_seed_gives_the_same_weights_and_another_seed_others()
    {
        var architecture = new FlowArchitecture();
        var a = new MaskedAutoregressiveFlow(new Seed(1), architecture, 12, 3);
        var b = new MaskedAutoregressiveFlow(new Seed(1), architecture, 12, 3);
        var c = new MaskedAutoregressiveFlow(new Seed(2), architecture, 12, 3);
        Assert.Equal(a.Parameters, b.Parameters);
        Assert.NotEqual(a.Parameters, c.Parameters);
    }

    [Fact]
    public void Concurrent_evaluation_gives_the_bits_of_evaluation_alone()
    {
        var (flow, z, x) = Make(12, 3, 5, 50, 2);
        var alone = new double[Pairs];
        flow.LogDensity(z, x, Pairs, alone);
        Parallel.For(0, 32, i =>
        {
            var count = Pairs - i;
            var together = new double[count];
            flow.LogDensity(z, x, count, together);
            Assert.Equal(alone[..count], together);
        });
    }

    [Fact]
    public void Evaluation_of_one_under_many_conditions_is_that_of_pairs()
    {
        var (flow, z, x) = Make(12, 3, 5, 50, 2);
        double[] pairwise = new double[Pairs], one = new double[Pairs];
        var repeated = Enumerable.Repeat(x[..12], Pairs).SelectMany(r => r).ToArray();
        flow.LogDensity(z, repeated, Pairs, pairwise);
        flow.LogDensityOfOne(z, x.AsSpan(0, 12), Pairs, one);
        Assert.Equal(pairwise, one);
    }

    [Fact]
    public void Torch_leaves_no_tensor_behind()
    {
        var (flow, z, x) = Make(5, 3, 4, 17, 1);
        var gradient = new float[flow.Parameters.Length];
        using var torchFlow = new TorchMaskedAutoregressiveFlow(flow.Layout, flow.Parameters);
        torchFlow.Gradient(z, x, Pairs, gradient);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        torchFlow.Gradient(z, x, Pairs, gradient);
        torchFlow.LogDensity(z, x, Pairs, new double[Pairs]);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData(0, 50, 2)]
    [InlineData(5, 0, 2)]
    [InlineData(5, 50, 9)]
    public void Architecture_out_of_range_is_refused(int transforms, int units, int layers) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlowArchitecture { Transforms = transforms, HiddenUnits = units, HiddenLayers = layers }.Validate());

    // Weights far from the start, so that nothing is near the identity.
    private static (MaskedAutoregressiveFlow Flow, float[] Conditions, float[] Variables) Make(
        int variables, int conditions, int transforms, int units, int layers, int bins = 0, double strength = 1)
    {
        var architecture = new FlowArchitecture { Transforms = transforms, HiddenUnits = units, HiddenLayers = layers, Bins = bins };
        var flow = new MaskedAutoregressiveFlow(new Seed(7), architecture, variables, conditions);
        foreach (ref var weight in flow.Parameters.AsSpan()) weight *= (float)(1.5 * strength);
        var stretch = bins > 0 ? 20 : 40;
        for (var t = 0; t < transforms; t++)
        {
            var outputs = flow.Layout.Layers(t)[^1];
            foreach (ref var weight in flow.Parameters.AsSpan(outputs.WeightOffset, outputs.End - outputs.WeightOffset)) weight *= stretch;
        }
        var random = new Seed(8).Stream();
        float[] z = new float[Pairs * conditions], x = new float[Pairs * variables];
        random.FillNormal(z.AsSpan());
        random.FillNormal(x.AsSpan());
        // Wide enough to visit every bin, and to leave the splines on both sides.
        if (bins > 0) foreach (ref var value in x.AsSpan()) value *= 2.5f;
        return (flow, z, x);
    }

    private static double Integral(MaskedAutoregressiveFlow flow, float[] condition, float[] grid, int points, double cell)
    {
        var density = new double[points];
        flow.LogDensity(Enumerable.Repeat(condition, points).SelectMany(c => c).ToArray(), grid, points, density);
        return density.Sum(Math.Exp) * cell;
    }
}
