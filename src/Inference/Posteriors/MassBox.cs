namespace ClusterSurvey.Inference.Posteriors;

/// <summary>Finds the part of a grid where a log density has its mass, also when the mass is narrower than a cell.</summary>
internal static class MassBox
{
    /// <summary>exp(-14): a Gaussian at 5.3 standard deviations.</summary>
    private const double Depth = 14;

    /// <summary>A drop steeper than this between neighbours says no more about the height between them.</summary>
    private const double SteepestDrop = 200;

    /// <summary>
    /// The smallest box that holds every node whose density, or that of a parabola through it and its neighbours
    /// within a cell, is within exp(-14) of the highest; one cell wider on every side, within the grid.
    /// </summary>
    public static (double Low, double High)[] Find(ParameterGrid grid, ReadOnlySpan<double> logDensity)
    {
        var highest = double.NegativeInfinity;
        foreach (var value in logDensity) highest = Math.Max(highest, value);
        if (!double.IsFinite(highest)) throw new ArgumentException($"the posterior has no mass on {grid}: prior and likelihood exclude each other");
        Span<int> first = stackalloc int[grid.Dimensions], last = stackalloc int[grid.Dimensions];
        first.Fill(int.MaxValue);
        last.Fill(-1);
        for (var node = 0; node < logDensity.Length; node++)
        {
            if (logDensity[node] + Rise(grid, logDensity, node, highest - Depth) < highest - Depth) continue;
            for (var axis = 0; axis < grid.Dimensions; axis++)
            {
                var index = node / grid.Stride(axis) % grid.Axes[axis].Count;
                first[axis] = Math.Min(first[axis], index);
                last[axis] = Math.Max(last[axis], index);
            }
        }
        var box = new (double, double)[grid.Dimensions];
        for (var axis = 0; axis < box.Length; axis++)
        {
            var nodes = grid.Axes[axis];
            box[axis] = (nodes.Node(Math.Max(0, first[axis] - 1)), nodes.Node(Math.Min(nodes.Count - 1, last[axis] + 1)));
        }
        return box;
    }

    private static double Rise(ParameterGrid grid, ReadOnlySpan<double> logDensity, int node, double enough)
    {
        var centre = logDensity[node];
        if (centre >= enough || double.IsNegativeInfinity(centre)) return 0;
        var rise = 0.0;
        for (var axis = 0; axis < grid.Dimensions; axis++)
        {
            var stride = grid.Stride(axis);
            var index = node / stride % grid.Axes[axis].Count;
            if (index == 0 || index == grid.Axes[axis].Count - 1) continue;
            var below = Math.Max(logDensity[node - stride], centre - SteepestDrop);
            var above = Math.Max(logDensity[node + stride], centre - SteepestDrop);
            double slope = (above - below) / 2, curvature = above - 2 * centre + below;
            var step = curvature < 0 ? Math.Clamp(-slope / curvature, -1, 1) : Math.Sign(slope);
            rise += Math.Max(0, slope * step + 0.5 * curvature * step * step);
        }
        return rise;
    }
}
