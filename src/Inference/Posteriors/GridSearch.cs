using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Posteriors;

/// <summary>Zooms a box onto the mass of a posterior, level by level, until the box no longer shrinks.</summary>
internal static class GridSearch
{
    private const int MostLevels = 24;

    /// <summary>A box that keeps more than this of its width on every axis has settled.</summary>
    private const double Settled = 0.75;

    public static (double Low, double High)[] Zoom(Prior prior, (double Low, double High)[] box, int nodes, Func<ParameterGrid, double[]> logLikelihood)
    {
        for (var level = 0; level < MostLevels; level++)
        {
            var grid = Grid(prior, box, nodes);
            var values = logLikelihood(grid);
            AddLogPrior(prior, grid, values);
            var smaller = MassBox.Find(grid, values);
            var settled = true;
            for (var axis = 0; axis < box.Length; axis++)
            {
                settled &= smaller[axis].High - smaller[axis].Low > Settled * (box[axis].High - box[axis].Low);
            }
            box = smaller;
            if (settled) break;
        }
        return box;
    }

    public static (double Low, double High)[] RangeOf(Prior prior)
    {
        var box = new (double, double)[prior.Count];
        for (var i = 0; i < box.Length; i++) box[i] = (prior[i].EffectiveLow, prior[i].EffectiveHigh);
        return box;
    }

    public static ParameterGrid Grid(Prior prior, (double Low, double High)[] box, int nodes) =>
        new(box.Select((range, i) => new GridAxis(prior.Names[i], range.Low, range.High, nodes)));

    /// <summary>Adds ln p(theta), which is a sum over the axes.</summary>
    public static void AddLogPrior(Prior prior, ParameterGrid grid, Span<double> values)
    {
        for (var axis = 0; axis < grid.Dimensions; axis++)
        {
            var nodes = Array.ConvertAll(grid.Axes[axis].Nodes(), prior[axis].LogDensity);
            var stride = grid.Stride(axis);
            for (var start = 0; start < values.Length; start += stride)
            {
                var logDensity = nodes[start / stride % nodes.Length];
                for (var i = start; i < start + stride; i++) values[i] += logDensity;
            }
        }
    }
}
