namespace ClusterSurvey.Inference.Posteriors;

/// <summary>Compares the posterior without one object with the posterior of all, which is its product with that object's likelihood.</summary>
internal static class LeaveOneOut
{
    public static ObjectContribution Compare(NamedCube one, GridPosterior without)
    {
        var grid = without.Grid;
        var logLikelihood = CubicInterpolation.Resample(one.Cube.Grid, one.Cube.LogLikelihood, grid);
        var highest = logLikelihood.Max();
        var weights = NodeWeights.Of(grid);
        var before = new double[weights.Length];
        var after = new double[weights.Length];
        double sum = 0, gain = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            before[i] = weights[i] * without.Density[i];
            after[i] = before[i] * Math.Exp(logLikelihood[i] - highest);
            sum += after[i];
            if (after[i] > 0) gain += after[i] * (logLikelihood[i] - highest);
        }
        var range = Quantiles.Of(Array.ConvertAll(logLikelihood, value => Math.Max(value, highest - 1e6)), before, 0.025, 0.975);
        var shifts = new double[grid.Dimensions];
        var widths = new double[grid.Dimensions];
        for (var axis = 0; axis < grid.Dimensions; axis++)
        {
            var (mean, deviation) = Moments(grid, before, axis);
            var (meanAll, deviationAll) = Moments(grid, after, axis);
            (shifts[axis], widths[axis]) = ((meanAll - mean) / deviation, deviationAll / deviation);
        }
        return new ObjectContribution(one.Name, range[1] - range[0], shifts, widths, gain / sum - Math.Log(sum), one.Cube.Flags);
    }

    private static (double Mean, double Deviation) Moments(ParameterGrid grid, double[] masses, int axis)
    {
        var nodes = grid.Axes[axis].Nodes();
        var stride = grid.Stride(axis);
        double total = 0, mean = 0, variance = 0;
        for (var i = 0; i < masses.Length; i++)
        {
            total += masses[i];
            mean += masses[i] * nodes[i / stride % nodes.Length];
        }
        mean /= total;
        for (var i = 0; i < masses.Length; i++) variance += masses[i] * Math.Pow(nodes[i / stride % nodes.Length] - mean, 2);
        return (mean, Math.Sqrt(variance / total));
    }
}
