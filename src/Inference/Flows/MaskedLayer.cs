namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// One linear layer of which output j sees the first <c>Visible[j]</c> inputs only. Units are sorted by degree, so every
/// mask of the network is such a staircase and the products skip what is masked. Weights are stored row by row, one row
/// an output, masked ones as zeros; biases follow.
/// </summary>
internal sealed class MaskedLayer
{
    /// <param name="inputs">Number of inputs, conditions first.</param>
    /// <param name="visible">How many inputs each output sees, never decreasing.</param>
    /// <param name="offset">Where the layer's parameters begin in the flow's.</param>
    public MaskedLayer(int inputs, int[] visible, int offset)
    {
        Inputs = inputs;
        Visible = visible;
        WeightOffset = offset;
        FirstViewer = new int[inputs];
        for (var k = 0; k < inputs; k++) FirstViewer[k] = Array.FindIndex(visible, v => v > k) is >= 0 and var j ? j : visible.Length;
    }

    public int Inputs { get; }

    public int Outputs => Visible.Length;

    public int[] Visible { get; }

    /// <summary>The first output that sees an input; all later ones do too.</summary>
    public int[] FirstViewer { get; }

    public int WeightOffset { get; }

    public int BiasOffset => WeightOffset + Inputs * Outputs;

    public int End => BiasOffset + Outputs;
}
