namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// The way through a masked autoregressive flow and back, by hand, on one workspace: each transform gives
/// u_i = x_i exp(a_i) + m_i with a_i and m_i from the conditions and the variables before i (Papamakarios et al. 2017, eq. 3-5,
/// with the shift outside the scale), and with splines takes it through a rational-quadratic one, whose knots come from there too.
/// </summary>
internal static unsafe class FlowPass
{
    /// <summary>Copies the conditions to every place that reads them. Call when they have been scattered into <c>Input(0)</c>.</summary>
    public static void SpreadConditions(FlowLayout layout, FlowWorkspace work)
    {
        var length = layout.Conditions * work.Columns;
        var source = new ReadOnlySpan<float>(work.Input(0), length);
        for (var t = 0; t < (work.ForTraining ? layout.Transforms : Math.Min(2, layout.Transforms)); t++)
        {
            if (t > 0) source.CopyTo(new Span<float>(work.Input(t), length));
            for (var l = 0; l < layout.HiddenLayers; l++) source.CopyTo(new Span<float>(work.Hidden(t, l), length));
        }
    }

    /// <summary>From the variables in <c>Input(0)</c>, in the order of the first transform, to the base and the log-determinant.</summary>
    public static void Forward(FlowLayout layout, float* parameters, FlowWorkspace work)
    {
        var columns = work.Columns;
        work.Spread(0, work.LogDeterminant);
        for (var t = 0; t < layout.Transforms; t++)
        {
            Network(layout, parameters, work, t, 0, layout.HiddenUnits, 0, layout.Variables);
            var last = t == layout.Transforms - 1;
            var rank = last ? null : layout.Ranks[t + 1];
            var target = last ? work.Base : work.Input(t + 1) + layout.Conditions * columns;
            for (var i = 0; i < layout.Variables; i++)
            {
                var kept = i * columns;
                var output = Outputs(layout, work, t, i);
                var u = target + (rank is null ? i : rank[i]) * columns;
                var position = layout.Bins > 0 && work.ForTraining ? work.Position(t) + kept : u;
                LaneFunctions.Transform(work.Input(t) + (layout.Conditions + i) * columns, output, output + columns, position,
                    work.LogDeterminant, work.ForTraining ? work.Scale(t) + kept : null, work.ForTraining ? work.BoundSlope(t) + kept : null, columns);
                if (layout.Bins > 0) SplineLanes.Transform(layout.Bins, position, output + 2 * columns, u, work.LogDeterminant, columns);
            }
        }
    }

    /// <summary>
    /// From the base to the variables, left in <c>Input(0)</c> in the order of the first transform. Variable after variable, each unit is
    /// computed once, as soon as what it sees is known: the inverse costs no more than the way forward.
    /// </summary>
    public static void Inverse(FlowLayout layout, float* parameters, FlowWorkspace work)
    {
        var columns = work.Columns;
        for (var t = layout.Transforms - 1; t >= 0; t--)
        {
            var last = t == layout.Transforms - 1;
            var rank = last ? null : layout.Ranks[t + 1];
            var source = last ? work.Base : work.Input(t + 1) + layout.Conditions * columns;
            for (var i = 0; i < layout.Variables; i++)
            {
                Network(layout, parameters, work, t, i == 0 ? 0 : layout.UnitsUpTo[i - 1], layout.UnitsUpTo[i], i, i + 1);
                var output = Outputs(layout, work, t, i);
                float* u = source + (rank is null ? i : rank[i]) * columns, x = work.Input(t) + (layout.Conditions + i) * columns;
                if (layout.Bins > 0) SplineLanes.Invert(layout.Bins, u, output + 2 * columns, x, columns);
                LaneFunctions.Invert(layout.Bins > 0 ? x : u, output, output + columns, x, columns);
            }
        }
    }

    /// <summary>
    /// The gradient of sum over columns of weight (u^2 / 2 - log-determinant) after <see cref="Forward"/> on a workspace for training.
    /// Masked entries of <paramref name="gradient"/> are left as they are.
    /// </summary>
    public static void Backward(FlowLayout layout, float* parameters, float* gradient, FlowWorkspace work)
    {
        var columns = work.Columns;
        for (var i = 0; i < layout.Variables; i++) LaneFunctions.Multiply(work.Base + i * columns, work.Weight, work.BaseGradient + i * columns, columns);
        for (var t = layout.Transforms - 1; t >= 0; t--)
        {
            for (var i = 0; i < layout.Variables; i++)
            {
                var row = i * columns;
                var d = work.OutputGradient + layout.OutputsPerVariable * row;
                if (layout.Bins > 0)
                    SplineLanes.Gradient(layout.Bins, work.Position(t) + row, Outputs(layout, work, t, i) + 2 * columns, work.Weight, work.BaseGradient + row, d + 2 * columns, columns);
                LaneFunctions.TransformGradient(work.Input(t) + layout.Conditions * columns + row, work.Scale(t) + row, work.BoundSlope(t) + row, work.Weight,
                    work.BaseGradient + row, d, d + columns, work.InputGradient + row, columns);
            }
            NetworkGradient(layout, parameters, gradient, work, t);
            if (t > 0) Reorder(layout.Orders[t], work.InputGradient, work.BaseGradient, columns);
        }
    }

    private static float* Outputs(FlowLayout layout, FlowWorkspace work, int transform, int variable) =>
        work.Outputs(transform) + layout.OutputsPerVariable * variable * work.Columns;

    /// <summary>The one output of a classifier, after conditions and variables came into <c>Input(0)</c>.</summary>
    public static void Classify(FlowLayout layout, float* parameters, FlowWorkspace work) => Network(layout, parameters, work, 0, 0, layout.HiddenUnits, 0, 1);

    /// <summary>A classifier's gradient from that of its output.</summary>
    public static void ClassifyBackward(FlowLayout layout, float* parameters, float* gradient, FlowWorkspace work) => NetworkGradient(layout, parameters, gradient, work, 0);

    // Units and outputs of one transform's network, within ranges.
    private static void Network(FlowLayout layout, float* parameters, FlowWorkspace work, int t, int firstUnit, int endUnit, int firstVariable, int endVariable)
    {
        var columns = work.Columns;
        var layers = layout.Layers(t);
        var input = work.Input(t);
        for (var l = 0; l < layout.HiddenLayers; l++)
        {
            var hidden = work.Hidden(t, l);
            var units = hidden + layout.Conditions * columns;
            LaneKernels.Multiply(layers[l], parameters, input, units, columns, firstUnit, endUnit);
            var start = firstUnit * columns;
            var slope = work.ForTraining ? work.Slope(t, l) + start : null;
            LaneFunctions.Activate(units + start, slope, l > 0 ? input + layout.Conditions * columns + start : null, (endUnit - firstUnit) * columns);
            input = hidden;
        }
        var per = layout.IsClassifier ? 1 : layout.OutputsPerVariable;
        LaneKernels.Multiply(layers[layout.HiddenLayers], parameters, input, work.Outputs(t), columns, per * firstVariable, per * endVariable);
    }

    private static void NetworkGradient(FlowLayout layout, float* parameters, float* gradient, FlowWorkspace work, int t)
    {
        int columns = work.Columns, last = layout.HiddenLayers;
        var layers = layout.Layers(t);
        LaneKernels.WeightGradient(layers[last], work.OutputGradient, work.Hidden(t, last - 1), gradient, columns);
        LaneKernels.MultiplyTransposed(layers[last], parameters, work.OutputGradient, work.HiddenGradient, columns, layout.Conditions, add: false);
        for (var l = last - 1; l >= 0; l--)
        {
            LaneFunctions.Multiply(work.HiddenGradient, work.Slope(t, l), work.UnitGradient, layout.HiddenUnits * columns);
            LaneKernels.WeightGradient(layers[l], work.UnitGradient, l > 0 ? work.Hidden(t, l - 1) : work.Input(t), gradient, columns);
            // The first transform's variables are data: nothing asks for their gradient.
            if (l == 0 && t == 0) break;
            LaneKernels.MultiplyTransposed(layers[l], parameters, work.UnitGradient, l > 0 ? work.HiddenGradient : work.InputGradient, columns, layout.Conditions, add: true);
        }
    }

    private static void Reorder(int[] order, float* source, float* target, int columns)
    {
        for (var p = 0; p < order.Length; p++) new Span<float>(source + p * columns, columns).CopyTo(new Span<float>(target + order[p] * columns, columns));
    }
}
