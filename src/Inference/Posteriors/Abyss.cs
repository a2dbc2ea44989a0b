using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// Fills the depths of a tabulated log-likelihood to a floor before it is interpolated. Learnt likelihoods fall by thousands of nats where there is no posterior, and unevenly: there
/// the parabolas that save a peak narrower than a cell would raise false ones. The floor lies so deep below the highest node that a Gaussian peak keeps its shape.
/// </summary>
internal static class Abyss
{
    private const double LeastDepth = 200;

    // Within the three cells that a stencil reaches, a Gaussian falls by 4.5 of its second difference along each axis.
    private const double DepthPerDrop = 9;

    /// <summary>The log-likelihood with nothing below the floor but what is impossible.</summary>
    public static double[] Fill(Prior prior, ParameterGrid grid, ReadOnlySpan<double> logLikelihood)
    {
        var values = logLikelihood.ToArray();
        GridSearch.AddLogPrior(prior, grid, values);
        var highest = 0;
        for (var node = 1; node < values.Length; node++) if (values[node] > values[highest]) highest = node;
        var depth = LeastDepth;
        for (var axis = 0; axis < grid.Dimensions; axis++) depth = Math.Max(depth, DepthPerDrop * grid.Dimensions * Drop(grid, values, highest, axis));
        var floor = logLikelihood[highest] - depth;
        for (var node = 0; node < values.Length; node++) values[node] = double.IsNegativeInfinity(logLikelihood[node]) ? logLikelihood[node] : Math.Max(logLikelihood[node], floor);
        return values;
    }

    // How far the neighbours of a node along an axis lie below it, together; where one is impossible, the other counts twice.
    private static double Drop(ParameterGrid grid, double[] values, int node, int axis)
    {
        int stride = grid.Stride(axis), count = grid.Axes[axis].Count, index = node / stride % count;
        var below = index > 0 ? values[node] - values[node - stride] : double.PositiveInfinity;
        var above = index < count - 1 ? values[node] - values[node + stride] : double.PositiveInfinity;
        return (double.IsFinite(below), double.IsFinite(above)) switch
        {
            (true, true) => below + above,
            (true, false) => 2 * below,
            (false, true) => 2 * above,
            _ => 0,
        };
    }
}
