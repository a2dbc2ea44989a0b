namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// Resamples a function on a grid to another grid, axis by axis, with the cubic through the four nearest nodes
/// (Lagrange): exact for cubics, so a Gaussian log-likelihood is reproduced however narrow it is. Within a cell
/// the value stays within <see cref="Overshoot"/> of its two ends, which is the height a Gaussian peak of a
/// standard deviation of a quarter of a cell can hide between nodes; so a cliff makes no false peak beside it.
/// </summary>
internal static class CubicInterpolation
{
    public const double Overshoot = 2;

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
            var stencil = new Stencil(from, to.Node(j));
            for (var o = 0; o < outer; o++)
            {
                var start = o * from.Count * inner;
                stencil.Apply(values.AsSpan(start, from.Count * inner), inner, result.AsSpan((o * to.Count + j) * inner, inner));
            }
        }
        return result;
    }

    /// <summary>The nodes and weights for one position on an axis.</summary>
    private readonly ref struct Stencil
    {
        private readonly int cell, first;
        private readonly double t, w0, w1, w2, w3;
        private readonly bool cubic;

        public Stencil(GridAxis axis, double position)
        {
            var u = Math.Clamp((position - axis.Low) / axis.Step, 0, axis.Count - 1);
            cell = Math.Min((int)u, axis.Count - 2);
            t = u - cell;
            cubic = axis.Count >= 4;
            first = Math.Clamp(cell - 1, 0, Math.Max(0, axis.Count - 4));
            var s = u - first;
            w0 = -(s - 1) * (s - 2) * (s - 3) / 6;
            w1 = s * (s - 2) * (s - 3) / 2;
            w2 = -s * (s - 1) * (s - 3) / 2;
            w3 = s * (s - 1) * (s - 2) / 6;
        }

        public void Apply(ReadOnlySpan<double> values, int inner, Span<double> result)
        {
            var a = values.Slice(cell * inner, inner);
            var b = values.Slice((cell + 1) * inner, inner);
            if (!cubic)
            {
                for (var i = 0; i < inner; i++) result[i] = Linear(a[i], b[i]);
                return;
            }
            var v0 = values.Slice(first * inner, inner);
            var v1 = values.Slice((first + 1) * inner, inner);
            var v2 = values.Slice((first + 2) * inner, inner);
            var v3 = values.Slice((first + 3) * inner, inner);
            for (var i = 0; i < inner; i++)
            {
                var value = w0 * v0[i] + w1 * v1[i] + w2 * v2[i] + w3 * v3[i];
                result[i] = double.IsFinite(value)
                    ? Math.Clamp(value, Math.Min(a[i], b[i]) - Overshoot, Math.Max(a[i], b[i]) + Overshoot)
                    : Linear(a[i], b[i]);
            }
        }

        // A zero weight times minus infinity is no number.
        private double Linear(double a, double b) => t == 0 ? a : t == 1 ? b : (1 - t) * a + t * b;
    }
}
