using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Activities.Report;

/// <summary>What the page of a validation shows.</summary>
public sealed record ValidationModel
{
    /// <summary>The largest mean pull that a survey is trusted with.</summary>
    public const double LargestPull = 0.3;

    /// <summary>The chance of failing a right survey by its tests of uniformity.</summary>
    public const double Level = 0.05;

    /// <summary>The prior from which the parameters of the surveys were drawn.</summary>
    public required Prior Prior { get; init; }

    public required string Date { get; init; }

    /// <summary>The clusters that every simulated survey has.</summary>
    public required IReadOnlyList<string> Clusters { get; init; }

    /// <summary>How the test simulations were made, in words.</summary>
    public required string Simulations { get; init; }

    /// <summary>The recoveries by region, in the order of the settings.</summary>
    public required IReadOnlyList<(string Region, JointRecovery Recovery)> Regions { get; init; }

    /// <summary>Surveys that depart from what the survey takes for granted, by departure and region; empty when none were simulated.</summary>
    public IReadOnlyList<Departure> Departures { get; init; } = [];

    /// <summary>The surveys that were analysed as data are: they must have the right coverage as well.</summary>
    public IEnumerable<Departure> Mocks => Departures.Where(departure => departure.Kind == DepartureKind.Mocks);

    /// <summary>All that must have the right coverage: the surveys of each region as the likelihoods have learnt them, and those that were analysed as data are.</summary>
    public IEnumerable<(string Name, JointRecovery Recovery)> Recoveries() =>
        [.. Regions, .. Mocks.Select(mocks => ($"{mocks.Region}, mocks", mocks.Recovery))];

    /// <summary>The tests of all regions, corrected together by Holm's method.</summary>
    public IReadOnlyList<UniformityTest> Tests()
    {
        var found = Recoveries().SelectMany(region => region.Recovery.Tests().Select(test => (region.Name, test.Kind, test.Parameter, test.Statistic, test.PValue))).ToArray();
        return [.. found.Zip(Holm.Adjust([.. found.Select(test => test.PValue)]), (test, adjusted) => new UniformityTest(test.Name, test.Kind, test.Parameter, test.Statistic, test.PValue, adjusted))];
    }

    /// <summary>Everything that speaks against trusting the survey, in words; empty when nothing does.</summary>
    public IReadOnlyList<string> Objections() =>
    [
        .. Tests().Where(test => test.Corrected < Level).Select(test => FormattableString.Invariant($"{test.Region}: {test.InWords()} is not uniform (corrected p = {test.Corrected:g2})")),
        .. Recoveries().SelectMany(region => Credibilities.Select(credibility => (region.Name, credibility, Coverage: region.Recovery.Coverage(credibility))))
            .Where(one => Math.Abs(one.Coverage.Share - one.credibility) > 3 * one.Coverage.Error)
            .Select(one => FormattableString.Invariant($"{one.Name}: the {100 * one.credibility:f0} % regions hold the truth in {100 * one.Coverage.Share:f0} % of the surveys, more than three standard errors ({100 * one.Coverage.Error:f1} %) off")),
        .. Recoveries().SelectMany(region => region.Recovery.Names.Select((name, i) => (region.Name, name, Pull: region.Recovery.Pull(i))))
            .Where(one => Math.Abs(one.Pull.Mean) - 2 * one.Pull.Error > LargestPull)
            .Select(one => FormattableString.Invariant($"{one.Name}: the mean pull of {one.name} is {one.Pull.Mean:f2} +- {one.Pull.Error:f2}, beyond {LargestPull}")),
        .. Departures.SelectMany(departure => departure.Objections()),
    ];

    /// <summary>The credible regions whose coverage is counted.</summary>
    public static IReadOnlyList<double> Credibilities { get; } = [0.68, 0.95];
}

/// <summary>A test of uniformity of one region.</summary>
/// <param name="Region">The region.</param>
/// <param name="Kind">sbc or coverage.</param>
/// <param name="Parameter">The parameter; joint for all together.</param>
/// <param name="Statistic">The distance of Kolmogorov and Smirnov.</param>
/// <param name="PValue">Its probability, not corrected.</param>
/// <param name="Corrected">The same corrected for the number of tests.</param>
public sealed record UniformityTest(string Region, string Kind, string Parameter, double Statistic, double PValue, double Corrected)
{
    public string InWords() => Kind == "sbc" ? $"the rank of {Parameter}" : "the credibility of the truth";
}
