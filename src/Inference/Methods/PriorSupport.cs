using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Methods;

/// <summary>The check that pairs can have come from a prior.</summary>
public static class PriorSupport
{
    private const int RowsAtOnce = 4096;

    // Single-precision parameters may lie a rounding error outside.
    private const double Rounding = 1e-6;

    /// <summary>Looks at every pair.</summary>
    /// <param name="prior">The prior.</param>
    /// <param name="pairs">Pairs with as many parameters.</param>
    /// <param name="cancellation">Looked at between batches of pairs.</param>
    /// <exception cref="ArgumentException">Another number of parameters, or a parameter where the prior has none; the message names the row.</exception>
    public static void Require(Prior prior, ISimulationPairs pairs, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(pairs);
        var width = prior.Count;
        if (pairs.ParameterCount != width) throw new ArgumentException($"the prior has {width} parameters, the pairs have {pairs.ParameterCount}", nameof(pairs));
        var rows = new int[Math.Min(RowsAtOnce, pairs.Count)];
        float[] theta = new float[rows.Length * width], x = new float[rows.Length * pairs.DataCount];
        for (var start = 0; start < pairs.Count; start += rows.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(rows.Length, pairs.Count - start);
            for (var i = 0; i < count; i++) rows[i] = start + i;
            pairs.Read(rows.AsSpan(0, count), theta, x);
            for (var i = 0; i < count * width; i++) Require(prior, start + i / width, i % width, theta[i]);
        }
    }

    private static void Require(Prior prior, int row, int parameter, float value)
    {
        var distribution = prior[parameter];
        var slack = Rounding * (distribution.EffectiveHigh - distribution.EffectiveLow);
        if (value < distribution.Low - slack || value > distribution.High + slack)
            throw new ArgumentException($"theta row {row} has {prior.Names[parameter]} = {value}, the prior goes from {distribution.Low} to {distribution.High}; name the prior from which these parameters were drawn", nameof(prior));
    }
}
