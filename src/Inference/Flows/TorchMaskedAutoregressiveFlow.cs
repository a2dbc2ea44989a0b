using ClusterSurvey.Foundation;
using static TorchSharp.torch;

namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// The same flow in torch, differentiated by autograd: what the hand-written passes are held against, and the pattern for
/// networks that have no hand-written pass. Takes part in training through <see cref="IDensityNetwork"/> like any other.
/// </summary>
internal sealed class TorchMaskedAutoregressiveFlow : IDensityNetwork, IDisposable
{
    private readonly FlowLayout layout;
    private readonly Tensor[][] masks;
    private readonly Tensor[] orders;

    public TorchMaskedAutoregressiveFlow(FlowLayout layout, float[] parameters)
    {
        TorchRuntime.Ensure();
        this.layout = layout;
        Parameters = parameters;
        using var scope = NewDisposeScope();
        masks = [.. Enumerable.Range(0, layout.Transforms).Select(t => layout.Layers(t).Select(l => Mask(l).DetachFromDisposeScope()).ToArray())];
        orders = [.. layout.Orders.Select(o => tensor(Array.ConvertAll(o, i => (long)i)).DetachFromDisposeScope())];
    }

    /// <inheritdoc/>
    public float[] Parameters { get; }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count, Span<float> gradient)
    {
        using var scope = NewDisposeScope();
        var weights = tensor(Parameters).requires_grad_();
        var (u, logDeterminant) = Forward(weights, Table(conditions, count, layout.Conditions), Table(variables, count, layout.Variables));
        var loss = LogDensity(u, logDeterminant).mean().neg();
        loss.backward();
        weights.grad!.data<float>().CopyTo(gradient);
        return loss.item<float>();
    }

    /// <inheritdoc/>
    public void LogDensity(ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count, Span<double> logDensity)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var (u, logDeterminant) = Forward(tensor(Parameters), Table(conditions, count, layout.Conditions), Table(variables, count, layout.Variables));
        LogDensity(u, logDeterminant).to_type(ScalarType.Float64).data<double>().CopyTo(logDensity);
    }

    /// <summary>Rows of variables to rows of the base, and the log-determinant of each row's way.</summary>
    public (Tensor U, Tensor LogDeterminant) Forward(Tensor weights, Tensor conditions, Tensor variables)
    {
        var u = variables;
        var logDeterminant = zeros(variables.shape[0]);
        for (var t = 0; t < layout.Transforms; t++)
        {
            u = u.index_select(1, orders[t]);
            var output = Network(weights, t, conditions, u).view(u.shape[0], layout.Variables, layout.OutputsPerVariable);
            var raw = output.select(2, 1);
            var logScale = Bound(raw);
            u = u * logScale.exp() + output.select(2, 0);
            logDeterminant = logDeterminant + logScale.sum(1);
            if (layout.Bins == 0) continue;
            (u, var logSlope) = TorchSpline.Transform(layout.Bins, u, output.narrow(2, 2, layout.OutputsPerVariable - 2));
            logDeterminant = logDeterminant + logSlope.sum(1);
        }
        return (u, logDeterminant);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var mask in masks.SelectMany(m => m)) mask.Dispose();
        foreach (var order in orders) order.Dispose();
    }

    /// <summary>b(r) = r / (1 + |r| / bound), as <see cref="LaneFunctions.Bound"/>.</summary>
    public static Tensor Bound(Tensor raw) => raw / (1 + raw.abs() / LaneFunctions.LogScaleBound);

    /// <summary>What the network of one transform says, row by row.</summary>
    public Tensor Network(Tensor weights, int transform, Tensor conditions, Tensor variables)
    {
        var layers = layout.Layers(transform);
        var seen = variables;
        for (var l = 0; l < layout.HiddenLayers; l++)
        {
            var active = nn.functional.silu(Linear(weights, layers[l], masks[transform][l], conditions, seen));
            seen = l > 0 ? active + seen : active;
        }
        return Linear(weights, layers[^1], masks[transform][^1], conditions, seen);
    }

    private static Tensor Linear(Tensor weights, MaskedLayer layer, Tensor mask, Tensor conditions, Tensor seen)
    {
        var weight = weights.narrow(0, layer.WeightOffset, layer.Inputs * layer.Outputs).view(layer.Outputs, layer.Inputs) * mask;
        var bias = weights.narrow(0, layer.BiasOffset, layer.Outputs);
        return addmm(bias, cat([conditions, seen], 1), weight.t(), 1, 1);
    }

    private static Tensor LogDensity(Tensor u, Tensor logDeterminant) =>
        logDeterminant - 0.5f * (u * u).sum(1) - (float)(0.5 * u.shape[1] * Math.Log(2 * Math.PI));

    private static Tensor Table(ReadOnlySpan<float> rows, int count, int width) => tensor(rows[..(count * width)].ToArray(), count, width);

    private static Tensor Mask(MaskedLayer layer)
    {
        var mask = new float[layer.Outputs * layer.Inputs];
        for (var j = 0; j < layer.Outputs; j++) mask.AsSpan(j * layer.Inputs, layer.Visible[j]).Fill(1);
        return tensor(mask, layer.Outputs, layer.Inputs);
    }
}
