using ClusterSurvey.Activities.Stored;

namespace ClusterSurvey.Activities.Survey;

/// <summary>The gate for the networks of a cluster: the tests of all regions are corrected together.</summary>
public sealed class ClusterCalibrationTests
{
    [Fact]
    public void A_network_fails_by_the_tests_of_the_whole_cluster()
    {
        // Alone, one of two tests at 0.004 is 0.008 and fails; among six it is 0.024 and does not.
        Assert.Equal(["I"], Calibration(("I", 0.004, false)).Failing);
        var cluster = Calibration(("I", 0.004, false), ("II", 0.5, false), ("III", 0.9, false));
        Assert.Empty(cluster.Failing);
        Assert.All(cluster.Rows, row => Assert.True(row.Passed));
        Assert.Equal(6 * 0.004, cluster.Rows.Min(row => row.PValueHolm), 12);
    }

    [Fact]
    public void What_failed_is_told_and_where()
    {
        var cluster = Calibration(("I", 1e-6, true), ("II", 0.5, false));
        Assert.Equal(["I"], cluster.Failing);
        Assert.Equal("ranks of slope (corrected p = 4e-06)", Assert.Single(cluster.FailuresOf("I")));
        Assert.Empty(cluster.FailuresOf("II"));
        Assert.True(cluster.Retrained("I") && !cluster.Retrained("II"));
        Assert.True(cluster.Tested("II") && !cluster.Tested("III"));
        var row = cluster.Rows.Single(row => row is { Region: "I", Test: "tarp" });
        Assert.Equal(("A85", "", 200, true), (row.Cluster, row.Parameter, row.Cases, row.Retrained));
    }

    [Fact]
    public void Without_tests_nothing_fails_and_nothing_passes()
    {
        var cluster = Calibration();
        Assert.Empty(cluster.Rows);
        Assert.Empty(cluster.Failing);
        Assert.False(cluster.Tested("I"));
    }

    // Each network has a test of ranks at the probability, and one of TARP that passes.
    private static ClusterCalibration Calibration(params (string Region, double PValue, bool Retrained)[] networks) => ClusterCalibration.Of("A85",
        [.. networks.Select(network => (network.Region, new StoredCalibration(200, [new("sbc", "slope", 0.1, network.PValue, network.PValue, true), new("tarp", "joint", 0.1, 0.6, 0.6, true)], network.Retrained)))]);
}
