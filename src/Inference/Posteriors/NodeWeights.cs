namespace ClusterSurvey.Inference.Posteriors;

/// <summary>The trapezoidal rule on a grid: the exact integral of a function that is multilinear within cells.</summary>
internal static class NodeWeights
{
    /// <summary>The weight of every node, last axis fastest.</summary>
    public static double[] Of(ParameterGrid grid)
    {
        var weights = new double[grid.NodeCount];
        weights[0] = 1;
        var filled = 1;
        foreach (var axis in grid.Axes)
        {
            // Spread what is filled over the new, faster axis, from the end so that nothing is overwritten unread.
            for (var i = filled - 1; i >= 0; i--)
            {
                var weight = weights[i];
                for (var j = axis.Count - 1; j >= 0; j--) weights[i * axis.Count + j] = weight * Along(axis, j);
            }
            filled *= axis.Count;
        }
        return weights;
    }

    /// <summary>The integral over all axes.</summary>
    public static double Integrate(ParameterGrid grid, ReadOnlySpan<double> values)
    {
        var marginal = Marginalize(grid, values, 0);
        var sum = 0.0;
        for (var i = 0; i < marginal.Length; i++) sum += marginal[i] * Along(grid.Axes[0], i);
        return sum;
    }

    /// <summary>The integral over all axes but the kept ones, which ascend.</summary>
    public static double[] Marginalize(ParameterGrid grid, ReadOnlySpan<double> values, params ReadOnlySpan<int> kept)
    {
        var current = values.ToArray();
        var inner = 1;
        for (var axis = grid.Dimensions - 1; axis >= 0; axis--)
        {
            if (kept.Contains(axis)) inner *= grid.Axes[axis].Count;
            else current = Reduce(current, grid.Axes[axis], inner);
        }
        return current;
    }

    private static double[] Reduce(double[] values, GridAxis axis, int inner)
    {
        var result = new double[values.Length / axis.Count];
        for (var outer = 0; outer < result.Length / inner; outer++)
        {
            var target = result.AsSpan(outer * inner, inner);
            for (var j = 0; j < axis.Count; j++)
            {
                var weight = Along(axis, j);
                var source = values.AsSpan((outer * axis.Count + j) * inner, inner);
                for (var i = 0; i < inner; i++) target[i] += weight * source[i];
            }
        }
        return result;
    }

    private static double Along(GridAxis axis, int index) => index == 0 || index == axis.Count - 1 ? 0.5 * axis.Step : axis.Step;
}
