using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Posteriors;

/// <summary>Where a prior ends: a parameter is near an end where less than some part of the prior's probability lies beyond it.</summary>
internal static class PriorEnds
{
    /// <summary>Refuses a part that is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0 and below 0.5.</exception>
    public static void Check(double part)
    {
        if (part is not (> 0 and < 0.5)) throw new ArgumentOutOfRangeException(nameof(part), part, "an end has a share of the prior above 0 and below 0.5");
    }

    /// <summary>Whether no parameter of a point is near an end.</summary>
    public static bool IsAway(Prior prior, ReadOnlySpan<double> theta, double part)
    {
        for (var i = 0; i < theta.Length; i++) if (!IsAway(prior[i], theta[i], part)) return false;
        return true;
    }

    /// <summary>Whether no parameter is near an end, node by node.</summary>
    public static bool[] Away(Prior prior, ParameterGrid grid, double part)
    {
        var away = new bool[grid.NodeCount];
        Array.Fill(away, true);
        for (var axis = 0; axis < grid.Dimensions; axis++)
        {
            var nodes = Array.ConvertAll(grid.Axes[axis].Nodes(), value => IsAway(prior[axis], value, part));
            var stride = grid.Stride(axis);
            for (var i = 0; i < away.Length; i++) away[i] &= nodes[i / stride % nodes.Length];
        }
        return away;
    }

    /// <summary>The part of a density on a grid that has a parameter near an end.</summary>
    /// <param name="grid">The nodes.</param>
    /// <param name="density">The density at the nodes, of any norm.</param>
    /// <param name="total">Its integral.</param>
    /// <param name="away">The nodes of <see cref="Away"/>.</param>
    public static double MassNear(ParameterGrid grid, ReadOnlySpan<double> density, double total, bool[] away)
    {
        var rest = density.ToArray();
        for (var i = 0; i < rest.Length; i++) if (!away[i]) rest[i] = 0;
        return Math.Clamp(1 - NodeWeights.Integrate(grid, rest) / total, 0, 1);
    }

    private static bool IsAway(PriorDistribution distribution, double value, double part) => distribution.Cumulative(value) is var below && below >= part && below <= 1 - part;
}
