using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>
/// Measures the error that learnt likelihoods have in common (<see cref="CommonError"/>) on simulated surveys of known truth: the power beta of the product of likelihoods under which the
/// posterior gives the truths the highest density, sum over surveys of ln p_beta(theta | x_1, ..., x_N), a proper score (Gneiting and Raftery 2007). For Gaussian posteriors that is the beta
/// whose widths agree with the errors. Powers above 1 are not considered: no posterior is made sharper than its likelihoods say. Where two numbers, away from the ends of the prior and near
/// them, describe the surveys better than one, both are found (<see cref="CommonError.ByEnds"/>).
/// </summary>
public static class CommonErrorTest
{
    // Powers in steps of a tenth in their logarithm, from 1 down to 0.08.
    private const double Step = 0.1;
    private const int Powers = 26;

    // The box around the mass is that of a posterior twice as wide: there is the mass of every power that matters.
    private const double BoxPower = 0.25;

    // By so many nats two numbers must describe the surveys better than one: by chance they do in one of twenty cases.
    private const double LeastGain = 2;

    // Numbers that are tried, per power.
    private const int Finer = 4;

    private static readonly GridPosteriorOptions quick = new() { SearchNodes = 8, LikelihoodNodes = 12, DensityNodes = 33, MostEvaluations = 4000 };

    /// <summary>The score of one simulated survey.</summary>
    /// <param name="prior">The prior from which truths were drawn.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="survey">Number of the survey among the objects' observations.</param>
    /// <param name="truth">The parameters that all objects have in it.</param>
    /// <param name="cancellation">Looked at between batches of evaluations.</param>
    /// <exception cref="ArgumentException">No object, or lengths that do not match.</exception>
    public static CommonErrorScore Score(Prior prior, IReadOnlyCollection<TestedObject> objects, int survey, ReadOnlySpan<double> truth, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(objects);
        if (truth.Length != prior.Count) throw new ArgumentException($"a truth of {truth.Length} values for {prior.Count} parameters", nameof(truth));
        var joint = new PoweredLikelihood(new JointLikelihood(objects.Select(one => one.Likelihood)), BoxPower);
        double[] x = [.. objects.SelectMany(one => one.Observation(survey).ToArray())];
        var posterior = GridPosterior.Compute(prior, joint, x, quick, null, cancellation);
        var (grid, atTruth) = (posterior.Grid, new double[1]);
        joint.Evaluate(x, truth, atTruth);
        // The log-likelihood at the nodes, to the power of the box, relative to the truth's.
        var logPrior = new double[grid.NodeCount];
        GridSearch.AddLogPrior(prior, grid, logPrior);
        var relative = new double[grid.NodeCount];
        for (var i = 0; i < relative.Length; i++) relative[i] = Math.Log(posterior.Density[i]) + posterior.LogEvidence - logPrior[i] - atTruth[0];
        var highest = relative.Max();
        var away = PriorEnds.Away(prior, grid, CommonError.End);
        var (scores, near, density) = (new double[Powers], new double[Powers], new double[relative.Length]);
        for (var k = 0; k < Powers; k++)
        {
            var power = Math.Exp(-k * Step) / BoxPower;
            for (var i = 0; i < density.Length; i++) density[i] = Math.Exp(power * (relative[i] - highest) + logPrior[i]);
            var total = NodeWeights.Integrate(grid, density);
            scores[k] = prior.LogDensity(truth) - power * highest - Math.Log(total);
            near[k] = PriorEnds.MassNear(grid, density, total, away);
        }
        return new CommonErrorScore(scores, near);
    }

    /// <summary>The common error that the scores of many surveys speak for.</summary>
    /// <param name="scores">Those of <see cref="Score"/>, survey by survey, at least 10.</param>
    /// <param name="objects">How many objects each survey has.</param>
    /// <returns>None for one object, which has nothing in common with another.</returns>
    /// <exception cref="ArgumentException">Fewer than ten surveys.</exception>
    public static CommonError Estimate(IReadOnlyList<CommonErrorScore> scores, int objects)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count < 10) throw new ArgumentException($"{scores.Count} surveys to measure a common error on, at least 10 are needed", nameof(scores));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(objects);
        if (objects == 1) return CommonError.None;
        double[] sums = [.. Enumerable.Range(0, Powers).Select(k => scores.Sum(one => one.LogDensities[k]))];
        // A parabola through the three nodes about the highest.
        var middle = Math.Clamp(Array.IndexOf(sums, sums.Max()), 1, Powers - 2);
        var slope = (sums[middle + 1] - sums[middle - 1]) / 2;
        var curvature = 2 * sums[middle] - sums[middle + 1] - sums[middle - 1];
        var offset = curvature > 0 ? Math.Clamp(slope / curvature, -1, 1) : 0;
        var power = Math.Min(1, Math.Exp(-(middle + offset) * Step));
        // By how much the sum's peak scatters from set to set of surveys: the root of the sum of their squared slopes over its curvature.
        var slopes = scores.Sum(one => Math.Pow((one.LogDensities[middle + 1] - one.LogDensities[middle - 1]) / 2, 2));
        var error = Step * Math.Sqrt(slopes) / curvature;
        return new CommonError((1 / power - 1) / (objects - 1), error / power / (objects - 1)) { ByEnds = ByEnds(scores, objects, power) };
    }

    // b away from the ends of the prior and near them, by where the surveys' posteriors lie at the power of the average. The sum of scores is the log-likelihood of the two numbers: their
    // means over it, flat in the logarithm of the power. Its peak often lies at 0 where surveys are few, and says more than they know.
    private static (double Away, double Near)? ByEnds(IReadOnlyList<CommonErrorScore> scores, int objects, double power)
    {
        double[] near = [.. scores.Select(one => At(one.NearEnds, -Math.Log(power) / Step))];
        double[] shares = [.. Enumerable.Range(0, Finer * (Powers - 1) + 1).Select(i => (Math.Exp(i * Step / Finer) - 1) / (objects - 1))];
        var sums = new double[shares.Length, shares.Length];
        var (one, two) = (double.NegativeInfinity, double.NegativeInfinity);
        for (var i = 0; i < shares.Length; i++)
        {
            for (var j = 0; j < shares.Length; j++)
            {
                for (var k = 0; k < near.Length; k++) sums[i, j] += At(scores[k].LogDensities, Math.Log(1 + (objects - 1) * (shares[i] + (shares[j] - shares[i]) * near[k])) / Step);
                two = Math.Max(two, sums[i, j]);
            }
            one = Math.Max(one, sums[i, i]);
        }
        if (two - one <= LeastGain) return null;
        var (total, away, atEnds) = (0.0, 0.0, 0.0);
        for (var i = 0; i < shares.Length; i++)
        {
            for (var j = 0; j < shares.Length; j++)
            {
                var weight = Math.Exp(sums[i, j] - two);
                (total, away, atEnds) = (total + weight, away + weight * shares[i], atEnds + weight * shares[j]);
            }
        }
        return (away / total, atEnds / total);
    }

    // Between powers by the parabola through the three nearest.
    private static double At(double[] values, double place)
    {
        var middle = Math.Clamp((int)Math.Round(place), 1, Powers - 2);
        var offset = place - middle;
        return values[middle] + offset * (values[middle + 1] - values[middle - 1]) / 2 + offset * offset * (values[middle + 1] + values[middle - 1] - 2 * values[middle]) / 2;
    }

    private sealed class PoweredLikelihood(ILikelihood likelihood, double power) : ILikelihood
    {
        public int ParameterCount => likelihood.ParameterCount;

        public int DataCount => likelihood.DataCount;

        public void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> logLikelihood)
        {
            likelihood.Evaluate(x, theta, logLikelihood);
            foreach (ref var value in logLikelihood) value *= power;
        }
    }
}
