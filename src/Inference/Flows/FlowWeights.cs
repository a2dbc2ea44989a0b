using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Flows;

/// <summary>The weights with which a flow starts.</summary>
internal static class FlowWeights
{
    // The outputs start small, so that the flow starts at the identity: the linear-Gaussian density of the trend.
    private const double OutputShrinkage = 0.01;

    /// <summary>Uniform in plus or minus 1/sqrt(number of visible inputs), as torch's linear layers; masked weights are zero.</summary>
    public static void Draw(Seed seed, FlowLayout layout, Span<float> parameters)
    {
        var random = seed.Stream();
        parameters.Clear();
        for (var t = 0; t < layout.Transforms; t++)
        {
            var layers = layout.Layers(t);
            foreach (var layer in layers) Draw(random, layer, ReferenceEquals(layer, layers[^1]) ? OutputShrinkage : 1, parameters);
        }
    }

    private static void Draw(RandomStream random, MaskedLayer layer, double shrinkage, Span<float> parameters)
    {
        for (var j = 0; j < layer.Outputs; j++)
        {
            var width = shrinkage / Math.Sqrt(Math.Max(1, layer.Visible[j]));
            for (var k = 0; k < layer.Visible[j]; k++) parameters[layer.WeightOffset + j * layer.Inputs + k] = (float)random.NextUniform(-width, width);
            parameters[layer.BiasOffset + j] = (float)random.NextUniform(-width, width);
        }
    }
}
