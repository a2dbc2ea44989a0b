using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Posteriors;

/// <summary>Draws from a density that is multilinear within the cells of a grid.</summary>
internal sealed class CellDraws(ParameterGrid grid, double[] density, double[] cumulative)
{
    private readonly int[] corners = CornerOffsets(grid);

    /// <summary>The running sum of the masses of the cells, numbered by their lowest node; nodes that start no cell add nothing.</summary>
    public static double[] Accumulate(ParameterGrid grid, ReadOnlySpan<double> density)
    {
        var corners = CornerOffsets(grid);
        var cumulative = new double[density.Length];
        var sum = 0.0;
        for (var node = 0; node < density.Length; node++)
        {
            if (StartsCell(grid, node))
            {
                foreach (var corner in corners) sum += density[node + corner];
            }
            cumulative[node] = sum;
        }
        return cumulative;
    }

    /// <summary>One draw.</summary>
    /// <param name="stream">Random numbers.</param>
    /// <param name="theta">Receives the draw.</param>
    /// <returns>The multilinear density there.</returns>
    public double Draw(RandomStream stream, Span<double> theta)
    {
        Span<double> values = stackalloc double[corners.Length];
        var node = FirstAbove(cumulative, stream.NextDouble() * cumulative[^1]);
        for (var c = 0; c < corners.Length; c++) values[c] = density[node + corners[c]];
        var left = corners.Length;
        for (var axis = 0; axis < theta.Length; axis++)
        {
            // The first half of the corners lies at the low end of this axis.
            left /= 2;
            double low = 0, high = 0;
            for (var c = 0; c < left; c++) (low, high) = (low + values[c], high + values[left + c]);
            var t = LinearDensity.Quantile(low, high, stream.NextDouble());
            for (var c = 0; c < left; c++) values[c] += t * (values[left + c] - values[c]);
            theta[axis] = Position(grid, node, axis, t);
        }
        return values[0];
    }

    private static double Position(ParameterGrid grid, int node, int axis, double t)
    {
        var nodes = grid.Axes[axis];
        var index = node / grid.Stride(axis) % nodes.Count;
        return Math.Clamp(nodes.Node(index) + t * nodes.Step, nodes.Node(index), nodes.Node(index + 1));
    }

    private static int FirstAbove(double[] cumulative, double target)
    {
        int low = 0, high = cumulative.Length - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (cumulative[middle] > target) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private static bool StartsCell(ParameterGrid grid, int node)
    {
        for (var axis = grid.Dimensions - 1; axis >= 0; axis--)
        {
            (node, var index) = Math.DivRem(node, grid.Axes[axis].Count);
            if (index == grid.Axes[axis].Count - 1) return false;
        }
        return true;
    }

    /// <summary>Node offsets of a cell's corners: axis 0 is the highest bit.</summary>
    private static int[] CornerOffsets(ParameterGrid grid)
    {
        var corners = new int[1 << grid.Dimensions];
        for (var c = 0; c < corners.Length; c++)
        {
            for (var axis = 0; axis < grid.Dimensions; axis++)
            {
                if ((c >> (grid.Dimensions - 1 - axis) & 1) == 1) corners[c] += grid.Stride(axis);
            }
        }
        return corners;
    }
}
