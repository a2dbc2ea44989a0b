using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Flows;

namespace ClusterSurvey.Benchmarks;

/// <summary>The hand-written passes of the flow against TorchSharp's autograd on the same weights.</summary>
internal static class FlowComparisons
{
    private const int Pairs = 10_000, Data = 12, Parameters = 3;

    public static IEnumerable<Comparison> All()
    {
        var theta = new float[Pairs * Parameters];
        var x = new float[Pairs * Data];
        new Seed(1).Stream().FillNormal(theta);
        new Seed(2).Stream().FillNormal(x);
        var byHand = new MaskedAutoregressiveFlow(new Seed(3), new FlowArchitecture(), Data, Parameters);
        var byTorch = new TorchMaskedAutoregressiveFlow(byHand.Layout, [.. byHand.Parameters]);
        foreach (var batch in (int[])[50, 200])
            yield return new Comparison($"gradients of one epoch of {Pairs} pairs, batch {batch}", "TorchSharp, autograd", () => Epoch(byTorch, theta, x, batch), () => Epoch(byHand, theta, x, batch));
        var splinesByHand = new MaskedAutoregressiveFlow(new Seed(3), new FlowArchitecture { Bins = 8 }, Data, Parameters);
        var splinesByTorch = new TorchMaskedAutoregressiveFlow(splinesByHand.Layout, [.. splinesByHand.Parameters]);
        yield return new Comparison("the same with splines of 8 bins, batch 200", "TorchSharp, autograd", () => Epoch(splinesByTorch, theta, x, 200), () => Epoch(splinesByHand, theta, x, 200));
        yield return new Comparison($"log density of {Pairs} pairs", "TorchSharp", () => Density(byTorch, theta, x), () => Density(byHand, theta, x));
    }

    private static void Epoch(IDensityNetwork network, float[] theta, float[] x, int batch)
    {
        var gradient = new float[network.Parameters.Length];
        for (var first = 0; first < Pairs; first += batch)
            network.Gradient(theta.AsSpan(first * Parameters, batch * Parameters), x.AsSpan(first * Data, batch * Data), batch, gradient);
    }

    private static void Density(IDensityNetwork network, float[] theta, float[] x) => network.LogDensity(theta, x, Pairs, new double[Pairs]);
}
