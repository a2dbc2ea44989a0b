using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>
/// Whether products of likelihoods recover what objects share. Many surveys are simulated, each with parameters from the prior that all its objects have, and the joint posterior
/// of each is held against its truth: p(theta | x_1, ..., x_N) as in <see cref="JointPosterior"/>. Small errors of single likelihoods, which no test of one object shows, add up
/// as N while the width of the joint posterior falls as the root of N; here they show.
/// </summary>
public sealed class JointRecovery
{
    // Many posteriors, of which only widths, ranks and credibilities are wanted: an eighth of the nodes is enough for them.
    private static readonly GridPosteriorOptions manyPosteriors = new() { DensityNodes = 49 };

    private JointRecovery(IReadOnlyList<string> names, IReadOnlyList<RecoveredCase> cases) => (Names, Cases) = (names, cases);

    /// <summary>Names of the parameters.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The surveys.</summary>
    public IReadOnlyList<RecoveredCase> Cases { get; }

    /// <summary>Recoveries that are known.</summary>
    /// <exception cref="ArgumentException">None, or other numbers of parameters than names.</exception>
    public static JointRecovery Of(IReadOnlyList<string> names, IReadOnlyList<RecoveredCase> cases)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(cases);
        if (cases.Count == 0) throw new ArgumentException("no survey: simulate at least one", nameof(cases));
        if (cases.FirstOrDefault(one => one.Truth.Length != names.Count) is { } other) throw new ArgumentException($"a survey of {other.Truth.Length} parameters among those of {names.Count}", nameof(cases));
        return new JointRecovery(names, cases);
    }

    /// <summary>Recovers one simulated survey.</summary>
    /// <param name="seed">Seed of the draws: one for every survey.</param>
    /// <param name="prior">The prior from which truths were drawn.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="survey">Number of the survey among the objects' observations.</param>
    /// <param name="truth">The parameters that the objects have in it.</param>
    /// <param name="grid">Nodes at which likelihoods are evaluated, over the range of the prior.</param>
    /// <param name="draws">Draws of the joint posterior behind ranks and credibility.</param>
    /// <param name="common">The error that the likelihoods have in common, as the survey takes it into account.</param>
    /// <param name="cancellation">Looked at between objects.</param>
    public static RecoveredCase Recover(Seed seed, Prior prior, IReadOnlyCollection<TestedObject> objects, int survey, ReadOnlySpan<double> truth, ParameterGrid grid, int draws,
        CommonError common = default, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        if (truth.Length != prior.Count) throw new ArgumentException($"a truth of {truth.Length} values for {prior.Count} parameters", nameof(truth));
        var sum = LikelihoodCube.Sum([.. objects.Select(one => LikelihoodCube.Evaluate(one.Likelihood, one.Observation(survey), grid, null, cancellation))]);
        var posterior = GridPosterior.From(prior, common.Of(prior, sum, objects.Count).Correct(sum, objects.Count), manyPosteriors);
        var drawn = posterior.Sample(seed.Derive("draws"), draws);
        var set = new CalibrationSet(truth, drawn, prior.Count);
        double[] densities = [.. Enumerable.Range(0, draws).Select(i => posterior.LogDensity(drawn.AsSpan(i * prior.Count, prior.Count)))];
        var credibility = ExpectedCoverage.HighestDensity(seed.Derive("credibility"), densities, [posterior.LogDensity(truth)])[0];
        double[] ranks = [.. Enumerable.Range(0, prior.Count).Select(i => SimulationBasedCalibration.UniformRanks(seed.Derive("ranks").Derive(i), set, i)[0])];
        var summaries = posterior.Summarize();
        double[][] columns = [.. Enumerable.Range(0, prior.Count).Select(i => Column(drawn, i, prior.Count))];
        double[] lowest = [.. columns.Select((column, i) => column.Count(value => value < prior.Parameters[i].Distribution.Quantile(0.1)) / (double)draws)];
        return new RecoveredCase(truth.ToArray(), [.. summaries.Select(one => one.Mean)], [.. summaries.Select(one => one.StandardDeviation)], ranks, credibility,
            [.. columns.Select(column => column[(int)(0.95 * (draws - 1))])], lowest);
    }

    // The draws of one parameter, in order.
    private static double[] Column(double[] drawn, int parameter, int parameters)
    {
        double[] column = [.. Enumerable.Range(0, drawn.Length / parameters).Select(row => drawn[row * parameters + parameter])];
        Array.Sort(column);
        return column;
    }

    /// <summary>The share of surveys whose highest density region of this credibility holds the truth, and its standard error if posteriors are right: sqrt(c (1 - c) / n).</summary>
    public (double Share, double Error) Coverage(double credibility)
    {
        if (credibility is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(credibility), credibility, "a credibility lies strictly between 0 and 1");
        return (Cases.Count(one => one.Credibility <= credibility) / (double)Cases.Count, Math.Sqrt(credibility * (1 - credibility) / Cases.Count));
    }

    /// <summary>
    /// The surveys whose parameters all lie away from the ends of the prior, and the others: beyond an end networks may have learnt nothing, so that likelihoods are worst there. Of posteriors
    /// that are right, regions hold the truth about as often in either part, though not exactly: a share of given truths is no property of a posterior.
    /// </summary>
    /// <param name="prior">The prior from which truths were drawn.</param>
    /// <param name="part">The probability of the prior that counts as near one end of a parameter, above 0 and below 0.5.</param>
    /// <returns>Either part; null where it has no survey.</returns>
    public (JointRecovery? Away, JointRecovery? Near) ByEnds(Prior prior, double part)
    {
        ArgumentNullException.ThrowIfNull(prior);
        if (prior.Count != Names.Count) throw new ArgumentException($"a prior of {prior.Count} parameters for surveys of {Names.Count}", nameof(prior));
        PriorEnds.Check(part);
        var parts = Cases.ToLookup(one => PriorEnds.IsAway(prior, one.Truth, part));
        return (Part(true), Part(false));

        JointRecovery? Part(bool isAway) => parts[isAway].Any() ? new JointRecovery(Names, [.. parts[isAway]]) : null;
    }

    /// <summary>The mean pull (mean - truth) / standard deviation of a parameter over all surveys, its standard error, and the scatter of the pulls.</summary>
    public (double Mean, double Error, double Scatter) Pull(int parameter)
    {
        double[] pulls = [.. Cases.Select(one => one.Pull(parameter))];
        var mean = pulls.Average();
        var scatter = pulls.Length < 2 ? double.NaN : Math.Sqrt(pulls.Sum(pull => (pull - mean) * (pull - mean)) / (pulls.Length - 1));
        return (mean, scatter / Math.Sqrt(pulls.Length), scatter);
    }

    /// <summary>Tests of uniformity (Kolmogorov and Smirnov): of the ranks of every parameter, "sbc", and of the credibility, "coverage"; not corrected for their number.</summary>
    public IReadOnlyList<(string Kind, string Parameter, double Statistic, double PValue)> Tests()
    {
        var ranks = Names.Select((name, i) => ("sbc", name, KolmogorovSmirnov.Uniform([.. Cases.Select(one => one.Ranks[i])])));
        return [.. ranks.Append(("coverage", "joint", KolmogorovSmirnov.Uniform([.. Cases.Select(one => one.Credibility)]))).Select(one => (one.Item1, one.Item2, one.Item3.Statistic, one.Item3.PValue))];
    }
}
