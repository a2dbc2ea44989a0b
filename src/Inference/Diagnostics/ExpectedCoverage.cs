using ClusterSurvey.Foundation;
using MathNet.Numerics.LinearAlgebra;

namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>
/// Expected coverage: for each case the credibility of the smallest region of a family that reaches the truth. If the
/// posteriors are right it is uniform, so regions of credibility c hold the truth in a fraction c of the cases.
/// </summary>
public static class ExpectedCoverage
{
    /// <summary>Credibility of the central interval of one parameter that ends at the truth.</summary>
    /// <param name="seed">Seed that spreads ranks over their width.</param>
    /// <param name="set">The cases.</param>
    /// <param name="parameter">Number of the parameter.</param>
    public static double[] Central(Seed seed, CalibrationSet set, int parameter) =>
        Array.ConvertAll(SimulationBasedCalibration.UniformRanks(seed, set, parameter), rank => Math.Abs(2 * rank - 1));

    /// <summary>
    /// Credibility of the ellipsoid about the mean, shaped by the covariance, that passes through the truth: the highest
    /// density region where a posterior is Gaussian, and a valid region where not. Mean and covariance are those of
    /// the draws and the truth together, so that the truth is one among equals if the posteriors are right.
    /// </summary>
    /// <param name="seed">Seed that spreads ranks over their width.</param>
    /// <param name="set">The cases; more draws than parameters.</param>
    /// <exception cref="ArgumentException">Too few draws, or draws of a case without scatter.</exception>
    public static double[] Ellipsoid(Seed seed, CalibrationSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.DrawCount <= set.ParameterCount) throw new ArgumentException($"{set.DrawCount} draws of {set.ParameterCount} parameters: a covariance needs more", nameof(set));
        var ranks = new int[set.CaseCount];
        for (var i = 0; i < ranks.Length; i++) ranks[i] = EllipsoidRank(set, i);
        return SimulationBasedCalibration.Spread(seed, ranks, set.DrawCount);
    }

    /// <summary>Credibility of the highest density region that ends at the truth: the fraction of draws that are denser.</summary>
    /// <param name="seed">Seed that spreads ranks over their width.</param>
    /// <param name="logDensityOfDraws">ln p(draw | x) of the case's posterior, draws x cases.</param>
    /// <param name="logDensityOfTruths">ln p(truth | x), one a case.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static double[] HighestDensity(Seed seed, ReadOnlySpan<double> logDensityOfDraws, ReadOnlySpan<double> logDensityOfTruths)
    {
        var cases = logDensityOfTruths.Length;
        if (cases == 0 || logDensityOfDraws.IsEmpty || logDensityOfDraws.Length % cases != 0)
        {
            throw new ArgumentException($"{logDensityOfDraws.Length} densities of draws do not fit {cases} cases: expected draws x cases", nameof(logDensityOfDraws));
        }
        var ranks = new int[cases];
        for (var i = 0; i < logDensityOfDraws.Length; i++) if (logDensityOfDraws[i] > logDensityOfTruths[i % cases]) ranks[i % cases]++;
        return SimulationBasedCalibration.Spread(seed, ranks, logDensityOfDraws.Length / cases);
    }

    /// <summary>The coverage curve: for each level the fraction of cases whose credibility is not above it.</summary>
    public static double[] Curve(ReadOnlySpan<double> credibilities, ReadOnlySpan<double> levels)
    {
        if (credibilities.IsEmpty) throw new ArgumentException("no cases, no coverage", nameof(credibilities));
        var curve = new double[levels.Length];
        for (var i = 0; i < curve.Length; i++)
        {
            var within = 0;
            foreach (var credibility in credibilities) if (credibility <= levels[i]) within++;
            curve[i] = (double)within / credibilities.Length;
        }
        return curve;
    }

    private static int EllipsoidRank(CalibrationSet set, int @case)
    {
        var points = Matrix<double>.Build.Dense(set.DrawCount + 1, set.ParameterCount,
            (i, j) => i < set.DrawCount ? set.Draw(i, @case)[j] : set.Truth(@case)[j]);
        var cloud = Ellipsoids.Fit(points) ?? throw new ArgumentException($"the draws of case {@case} lie in a plane: they need scatter in every direction", nameof(set));
        var truth = cloud.SquaredDistance(set.Truth(@case));
        var rank = 0;
        for (var draw = 0; draw < set.DrawCount; draw++) if (cloud.SquaredDistance(set.Draw(draw, @case)) < truth) rank++;
        return rank;
    }
}
