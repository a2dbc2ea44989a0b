using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>
/// The local classifier two-sample test (Linhart, Gramfort and Rodrigues 2023): whether the posterior of one observation is right, where
/// calibration only speaks of the mean over all. A classifier learns to tell true parameters from posterior draws, each beside its data; at
/// the observation it must be undecided. What chance gives is found by exchanging, case by case and at random, the truth and the draw:
/// if the posteriors are right, the two are alike.
/// </summary>
public static class LocalTwoSampleTest
{
    private const int HiddenUnits = 32, FewestCases = 100, FewestTrials = 19;

    // Longer, and a classifier learns its cases by heart, in every trial alike.
    private const int Epochs = 60;

    /// <summary>Tests the posterior of one observation.</summary>
    /// <param name="seed">Seed of the classifiers and of the exchanges.</param>
    /// <param name="set">Truths and draws of the simulated cases; the first draw of each is used, 100 cases or more.</param>
    /// <param name="x">Data of the cases row by row, cases x data.</param>
    /// <param name="observation">The observation.</param>
    /// <param name="draws">Draws of the observation's posterior, row by row.</param>
    /// <param name="trials">Trials with exchanged labels, at least 19: the smallest probability that can come out is 1 / (trials + 1).</param>
    /// <param name="progress">Told the fraction of the trials done.</param>
    /// <param name="cancellation">Looked at before every epoch of training.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, too few cases or trials, a value that is not finite, or a constant column.</exception>
    public static LocalTwoSampleScore Test(Seed seed, CalibrationSet set, ReadOnlySpan<double> x, ReadOnlySpan<double> observation, ReadOnlySpan<double> draws,
        int trials = 39, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        Check(set, x, observation, draws, trials);
        var table = new Table(set, x, observation, draws);
        var stream = seed.Derive("exchanges").Stream();
        var statistic = table.Statistic(seed.Derive("classifier"), new bool[set.CaseCount], cancellation);
        var chance = new double[trials];
        for (var t = 0; t < trials; t++)
        {
            bool[] exchanged = [.. Enumerable.Range(0, set.CaseCount).Select(_ => stream.NextDouble() < 0.5)];
            chance[t] = table.Statistic(seed.Derive("trial").Derive(t), exchanged, cancellation);
            progress?.Report((t + 1.0) / trials);
        }
        return new LocalTwoSampleScore(statistic, (1.0 + chance.Count(value => value >= statistic)) / (trials + 1), chance);
    }

    private static void Check(CalibrationSet set, ReadOnlySpan<double> x, ReadOnlySpan<double> observation, ReadOnlySpan<double> draws, int trials)
    {
        if (set.CaseCount < FewestCases) throw new ArgumentException($"{set.CaseCount} cases: a classifier needs {FewestCases} or more", nameof(set));
        if (trials < FewestTrials) throw new ArgumentOutOfRangeException(nameof(trials), trials, $"{trials} trials: take {FewestTrials} or more");
        if (observation.IsEmpty || x.Length != set.CaseCount * observation.Length)
            throw new ArgumentException($"{x.Length} data are no {set.CaseCount} cases of {observation.Length}, the length of the observation", nameof(x));
        if (draws.IsEmpty || draws.Length % set.ParameterCount != 0)
            throw new ArgumentException($"{draws.Length} values are no draws of {set.ParameterCount} parameters", nameof(draws));
        RequireFinite(x, nameof(x));
        RequireFinite(observation, nameof(observation));
        RequireFinite(draws, nameof(draws));
    }

    private static void RequireFinite(ReadOnlySpan<double> values, string name)
    {
        for (var i = 0; i < values.Length; i++) if (!double.IsFinite(values[i])) throw new ArgumentException($"value {i} is {values[i]}: all must be finite", name);
    }

    /// <summary>
    /// Rows of parameters and data, standardised: the truths with their data, the draws with the same data, from which is learnt, and the draws
    /// of the observation with it.
    /// </summary>
    private sealed class Table
    {
        private readonly float[] rows;
        private readonly int cases, asked;

        public Table(CalibrationSet set, ReadOnlySpan<double> x, ReadOnlySpan<double> observation, ReadOnlySpan<double> draws)
        {
            (cases, asked) = (set.CaseCount, draws.Length / set.ParameterCount);
            Width = set.ParameterCount + observation.Length;
            rows = new float[(2 * cases + asked) * Width];
            var scales = Enumerable.Range(0, Width).Select(_ => new double[2 * cases]).ToArray();
            for (var i = 0; i < cases; i++)
            {
                var data = x.Slice(i * observation.Length, observation.Length);
                Gather(scales, i, set.Truth(i), data);
                Gather(scales, cases + i, set.Draw(0, i), data);
            }
            for (var j = 0; j < Width; j++) Standardise(scales[j], j, set.ParameterCount, observation, draws);
        }

        private int Width { get; }

        /// <summary>Mean of (p - 1/2)^2 at the observation, of a classifier that learnt with the labels of some cases exchanged.</summary>
        public double Statistic(Seed seed, bool[] exchanged, CancellationToken cancellation)
        {
            var classifier = new PerceptronClassifier(seed.Derive("weights"), Width, HiddenUnits);
            classifier.Train(seed.Derive("batches"), rows, [.. Enumerable.Range(0, 2 * cases)], row => row < cases != exchanged[row % cases], cancellation, Epochs);
            var logits = classifier.Logits(rows, [.. Enumerable.Range(2 * cases, asked)]);
            return logits.Average(logit => Math.Pow(1 / (1 + Math.Exp(-logit)) - 0.5, 2));
        }

        private static void Gather(double[][] columns, int row, ReadOnlySpan<double> theta, ReadOnlySpan<double> x)
        {
            for (var j = 0; j < columns.Length; j++) columns[j][row] = j < theta.Length ? theta[j] : x[j - theta.Length];
        }

        private void Standardise(double[] column, int j, int parameters, ReadOnlySpan<double> observation, ReadOnlySpan<double> draws)
        {
            var mean = column.Average();
            var deviation = Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
            if (!(deviation > 0)) throw new ArgumentException(j < parameters ? $"parameter {j} is constant over all cases" : $"datum {j - parameters} is constant over all cases: leave it out");
            for (var i = 0; i < column.Length; i++) rows[i * Width + j] = (float)((column[i] - mean) / deviation);
            for (var i = 0; i < asked; i++)
            {
                var value = j < parameters ? draws[i * parameters + j] : observation[j - parameters];
                rows[(2 * cases + i) * Width + j] = (float)((value - mean) / deviation);
            }
        }
    }
}
