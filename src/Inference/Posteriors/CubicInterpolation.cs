namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// Reads a function on a grid between its nodes, axis by axis, with the cubic through the four nearest nodes (Lagrange):
/// exact for cubics, so a Gaussian log-likelihood is reproduced however narrow it is. Beside a cliff a cubic would
/// swing up to a false peak; how it is held down, see <see cref="CubicStencil"/>.
/// </summary>
internal static class CubicInterpolation
{
    /// <summary>All values of a function on another grid.</summary>
    public static double[] Resample(ParameterGrid source, ReadOnlySpan<double> values, ParameterGrid target)
    {
        var current = values.ToArray();
        var counts = source.Axes.Select(axis => axis.Count).ToArray();
        for (var axis = 0; axis < source.Dimensions; axis++)
        {
            current = ResampleAxis(current, counts, axis, source.Axes[axis], target.Axes[axis]);
            counts[axis] = target.Axes[axis].Count;
        }
        return current;
    }

    /// <summary>The value at one point, the same as if the point were a node of a grid resampled to.</summary>
    public static double At(ParameterGrid grid, ReadOnlySpan<double> values, ReadOnlySpan<double> theta)
    {
        Span<double> local = stackalloc double[256];
        Span<int> first = stackalloc int[grid.Dimensions], width = stackalloc int[grid.Dimensions];
        var count = 1;
        for (var axis = 0; axis < grid.Dimensions; axis++)
        {
            var stencil = new CubicStencil(grid.Axes[axis], theta[axis]);
            (first[axis], width[axis]) = (stencil.First, stencil.Width);
            count *= stencil.Width;
        }
        for (var i = 0; i < count; i++)
        {
            var (rest, node) = (i, 0);
            for (var axis = grid.Dimensions - 1; axis >= 0; axis--)
            {
                (rest, var offset) = Math.DivRem(rest, width[axis]);
                node += (first[axis] + offset) * grid.Stride(axis);
            }
            local[i] = values[node];
        }
        for (var axis = 0; axis < grid.Dimensions; axis++)
        {
            count /= width[axis];
            var stencil = new CubicStencil(grid.Axes[axis], theta[axis]);
            // Element i of the result needs elements i, i + count, ... only, and replaces the first of them.
            stencil.Apply(local[..(count * width[axis])], count, local[..count]);
        }
        return local[0];
    }

    /// <summary>
    /// The expected error between nodes, summed over the axes: every node is predicted from its neighbours at one and three
    /// cells, a stencil twice as wide, whose error is sixteen times that of the interpolation.
    /// </summary>
    /// <param name="grid">The nodes.</param>
    /// <param name="values">The function.</param>
    /// <param name="logWeights">Logarithm of the weight of every node in the average.</param>
    public static double MeanError(ParameterGrid grid, ReadOnlySpan<double> values, ReadOnlySpan<double> logWeights)
    {
        var highest = double.NegativeInfinity;
        foreach (var weight in logWeights) highest = Math.Max(highest, weight);
        var error = 0.0;
        for (var axis = 0; axis < grid.Dimensions; axis++)
        {
            int stride = grid.Stride(axis), count = grid.Axes[axis].Count;
            double sum = 0, total = 0;
            for (var node = 0; node < values.Length; node++)
            {
                var index = node / stride % count;
                if (logWeights[node] < highest - 14 || index < 3 || index > count - 4) continue;
                var predicted = (9 * (values[node - stride] + values[node + stride]) - values[node - 3 * stride] - values[node + 3 * stride]) / 16;
                // Where one of them is impossible, the weights of the neighbourhood decide, not the interpolation.
                if (!double.IsFinite(predicted)) continue;
                var weight = Math.Exp(logWeights[node] - highest);
                sum += weight * Math.Abs(predicted - values[node]) / 16;
                total += weight;
            }
            if (total > 0) error += sum / total;
        }
        return error;
    }

    private static double[] ResampleAxis(double[] values, int[] counts, int axis, GridAxis from, GridAxis to)
    {
        int inner = 1, outer = 1;
        for (var i = 0; i < counts.Length; i++)
        {
            if (i > axis) inner *= counts[i];
            if (i < axis) outer *= counts[i];
        }
        var result = new double[outer * to.Count * inner];
        for (var j = 0; j < to.Count; j++)
        {
            var stencil = new CubicStencil(from, to.Node(j));
            for (var o = 0; o < outer; o++)
            {
                var start = (o * from.Count + stencil.First) * inner;
                stencil.Apply(values.AsSpan(start, stencil.Width * inner), inner, result.AsSpan((o * to.Count + j) * inner, inner));
            }
        }
        return result;
    }
}
