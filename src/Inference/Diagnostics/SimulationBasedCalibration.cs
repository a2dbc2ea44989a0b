using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>
/// Simulation-based calibration (Talts et al. 2018): if the posteriors are right, the rank of the truth among the draws
/// of each parameter is uniform on 0 ... number of draws.
/// </summary>
public static class SimulationBasedCalibration
{
    /// <summary>The number of draws below the truth.</summary>
    /// <returns>Ranks row by row, cases x parameters.</returns>
    public static int[] Ranks(CalibrationSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var ranks = new int[set.CaseCount * set.ParameterCount];
        for (var draw = 0; draw < set.DrawCount; draw++)
        {
            for (var i = 0; i < set.CaseCount; i++)
            {
                var truth = set.Truth(i);
                var drawn = set.Draw(draw, i);
                for (var j = 0; j < truth.Length; j++) if (drawn[j] < truth[j]) ranks[i * truth.Length + j]++;
            }
        }
        return ranks;
    }

    /// <summary>
    /// The ranks of one parameter as numbers in (0, 1): (rank + u) / (draws + 1) with u uniform, which makes them exactly
    /// uniform for right posteriors, whatever the number of draws.
    /// </summary>
    /// <param name="seed">Seed of u.</param>
    /// <param name="set">The cases.</param>
    /// <param name="parameter">Number of the parameter.</param>
    public static double[] UniformRanks(Seed seed, CalibrationSet set, int parameter)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)parameter, (uint)set.ParameterCount, nameof(parameter));
        var ranks = Ranks(set);
        var one = new int[set.CaseCount];
        for (var i = 0; i < one.Length; i++) one[i] = ranks[i * set.ParameterCount + parameter];
        return Spread(seed, one, set.DrawCount);
    }

    internal static double[] Spread(Seed seed, ReadOnlySpan<int> ranks, int draws)
    {
        var stream = seed.Stream();
        var values = new double[ranks.Length];
        for (var i = 0; i < values.Length; i++) values[i] = (ranks[i] + stream.NextDouble()) / (draws + 1);
        return values;
    }
}
