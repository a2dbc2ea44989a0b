using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// Exact integrals of a normal density times the hat functions of an axis, so that weights times nodal values integrate
/// a piecewise linear function however narrow or wide the normal is.
/// </summary>
internal static class GaussianHats
{
    /// <summary>Below this width of a cell, in standard deviations, differences of the cumulative cancel.</summary>
    private const double Narrow = 1e-3;

    /// <summary>One weight a node: the integral of its hat, half a hat at the ends.</summary>
    public static void Weights(GridAxis axis, double mean, double scatter, Span<double> weights)
    {
        weights.Clear();
        var step = axis.Step / scatter;
        var low = new Edge((axis.Low - mean) / scatter);
        for (var i = 1; i < weights.Length; i++)
        {
            var high = new Edge((axis.Low - mean) / scatter + i * step);
            var mass = step < Narrow ? 0.5 * step * (low.Density + high.Density) : Edge.MassBetween(low, high);
            // The mean position within the cell, 0 to 1, shares the mass between its two nodes.
            var rising = step < Narrow ? 0.5 * mass : Math.Clamp((low.Density - high.Density - low.Score * mass) / step, 0, mass);
            weights[i - 1] += mass - rising;
            weights[i] += rising;
            low = high;
        }
    }

    /// <summary>The probability of a normal between two bounds, in the tail without cancellation.</summary>
    public static double MassBetween(double low, double high, double mean, double scatter) =>
        Edge.MassBetween(new Edge((low - mean) / scatter), new Edge((high - mean) / scatter));

    /// <summary>The standard normal at one place: its density, and the smaller of its two tails.</summary>
    private readonly struct Edge(double score)
    {
        public double Score { get; } = score;

        public double Density { get; } = Math.Exp(StandardNormal.LogDensity(score));

        private readonly double tail = StandardNormal.Cumulative(-Math.Abs(score));

        public static double MassBetween(Edge low, Edge high) => low.Score > 0 ? low.tail - high.tail : high.Score < 0 ? high.tail - low.tail : 1 - low.tail - high.tail;
    }
}
