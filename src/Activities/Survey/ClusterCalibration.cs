using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Inference.Diagnostics;

namespace ClusterSurvey.Activities.Survey;

/// <summary>Whether the networks of a cluster are calibrated: the tests of all its regions, corrected together for their number (<see cref="Holm"/>).</summary>
public sealed class ClusterCalibration
{
    /// <summary>The chance that a cluster whose networks are right has one that fails.</summary>
    public const double Level = 0.01;

    private readonly IReadOnlyList<CalibrationRow> rows;

    private ClusterCalibration(IReadOnlyList<CalibrationRow> rows) => this.rows = rows;

    /// <summary>The tests of a cluster; none where the settings ask for none, or the definition makes none.</summary>
    public static ClusterCalibration Of(ArtifactStore store, string cluster, ClusterProducts products)
    {
        ArgumentNullException.ThrowIfNull(products);
        return Of(cluster, [.. (products.Calibrations ?? new Dictionary<string, Artifact>()).Select(region => (region.Key, StoredCalibration.Load(store, region.Value)))]);
    }

    /// <summary>The tests of a cluster whose networks were tested one by one.</summary>
    public static ClusterCalibration Of(string cluster, IReadOnlyList<(string Region, StoredCalibration Found)> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        var tests = networks.SelectMany(network => network.Found.Tests.Select(test => (network.Region, network.Found.Cases, network.Found.Retrained, Test: test))).ToArray();
        var corrected = Holm.Adjust([.. tests.Select(test => test.Test.PValue)]);
        return new ClusterCalibration([.. tests.Zip(corrected, (one, p) => new CalibrationRow
        {
            Cluster = cluster, Region = one.Region, Test = one.Test.Kind, Parameter = one.Test.Parameter == "joint" ? "" : one.Test.Parameter,
            Cases = one.Cases, Statistic = one.Test.Statistic, PValue = one.Test.PValue, PValueHolm = p, Passed = p >= Level, Retrained = one.Retrained,
        })]);
    }

    /// <summary>The tests as they stand in the table.</summary>
    public IReadOnlyList<CalibrationRow> Rows => rows;

    /// <summary>The regions whose network fails.</summary>
    public IReadOnlyList<string> Failing => [.. rows.Where(row => !row.Passed).Select(row => row.Region).Distinct()];

    /// <summary>Whether the network of a region was tested.</summary>
    public bool Tested(string region) => rows.Any(row => row.Region == region);

    /// <summary>Whether the network of a region failed at first and was trained once more, larger.</summary>
    public bool Retrained(string region) => rows.Any(row => row.Region == region && row.Retrained);

    /// <summary>What the network of a region failed, in words, worst first; empty when it passes or was not tested.</summary>
    public IReadOnlyList<string> FailuresOf(string region) =>
        [.. rows.Where(row => row.Region == region && !row.Passed).OrderBy(row => row.PValueHolm).Select(row => FormattableString.Invariant($"{InWords(row)} (corrected p = {row.PValueHolm:g2})"))];

    private static string InWords(CalibrationRow row) => row.Test switch
    {
        "sbc" => $"ranks of {row.Parameter}",
        "tarp" => "distances from random points (TARP)",
        _ => row.Parameter.Length > 0 ? $"coverage of {row.Parameter}" : "coverage of all parameters together",
    };
}
