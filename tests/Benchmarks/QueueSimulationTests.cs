using ClusterSurvey.Foundation;

namespace ClusterSurvey.Benchmarks.Tests;

/// <summary>The queue where its times can be reckoned by hand: one thing costs something, all else nothing.</summary>
public sealed class QueueSimulationTests
{
    private static readonly QueueCosts nothing = new()
    {
        Slots = 4, ClusterSeconds = 0, ClusterScatter = 0, ClusterReadMb = 0, ClusterWrittenMb = 0, ClusterTransactions = 0, NodeTransactions = 0, JobLookSeconds = 0, LookSeconds = 0, StartSeconds = 0,
        ReplaySeconds = 0, LastSeconds = 0, LastClusterSeconds = 0, LastClusterMb = 0, CommonErrorSeconds = 0, PopulationSeconds = 0, DatabaseCores = 1,
    };

    [Theory]
    [InlineData(10, 1, 300)]
    [InlineData(10, 2, 200)]
    [InlineData(10, 100, 100)]
    [InlineData(4, 1, 100)]
    public void Equal_clusters_come_in_as_many_rounds_as_the_slots_need(int clusters, int nodes, double seconds)
    {
        var outcome = Run(nothing with { ClusterSeconds = 100 }, clusters, nodes);
        Assert.Equal(seconds, outcome.Clusters, 1e-9);
        Assert.Equal(clusters * 100 / (Math.Min(4 * nodes, clusters) * seconds), outcome.Busy, 1e-9);
        Assert.Equal(seconds, outcome.Wall, 1e-9);
    }

    [Fact]
    public void A_database_or_a_folder_serves_one_cluster_after_the_other_however_many_nodes_there_are()
    {
        var database = Run(nothing with { ClusterTransactions = 20, TransactionSeconds = 0.1 }, 50, 100);
        Assert.Equal(50 * 2, database.Clusters, 1e-6);
        Assert.Equal(1, database.Database, 1e-6);
        var folder = Run(nothing with { ClusterReadMb = 30, ClusterWrittenMb = 20, FolderMbPerSecond = 100 }, 50, 100);
        Assert.Equal(50 * 0.5, folder.Clusters, 1e-6);
        Assert.Equal(1, folder.Folder, 1e-6);
    }

    [Fact]
    public void What_is_done_once_or_for_every_cluster_adds_up()
    {
        var costs = nothing with { StartSeconds = 7, LastSeconds = 5, LastClusterSeconds = 0.5, ReplaySeconds = 0.1, LastClusterMb = 10, FolderMbPerSecond = 100, CommonErrorSeconds = 1.2, PopulationSeconds = 0.2, Regions = 6, LookSeconds = 1 };
        // Six regions on four slots are two rounds of populations; the scores of common errors are shared by all slots.
        Assert.Equal(1 + 20 * (0.1 + 0.5 + 0.1 + 0.3 + 0.4) + 5, Run(costs, 20, 3).Last, 1e-9);
    }

    [Fact]
    public void Connections_are_those_of_all_nodes_and_of_the_clusters_at_work()
    {
        var costs = nothing with { ClusterSeconds = 100, NodeConnections = 3, SlotConnections = 0.5 };
        Assert.Equal(2 * 3 + 8 * 0.5, Run(costs, 100, 2).Connections, 1e-9);
        Assert.Equal(2 * 3 + 5 * 0.5, Run(costs, 5, 2).Connections, 1e-9);
    }

    [Fact]
    public void Clusters_that_differ_take_their_mean_time_and_the_seed_decides_which_takes_how_long()
    {
        var costs = nothing with { Slots = 1, ClusterSeconds = 100, ClusterScatter = 0.3 };
        var outcome = Run(costs, 2000, 1);
        // The mean of 2000 times with a scatter of 0.31 of it.
        Assert.Equal(1, outcome.Clusters / (2000 * 100), 4 * 0.31 / Math.Sqrt(2000));
        Assert.Equal(outcome, Run(costs, 2000, 1));
        Assert.NotEqual(outcome.Clusters, new QueueSimulation(costs).Run(new Seed(2), 2000, 1).Clusters);
    }

    private static QueueOutcome Run(QueueCosts costs, int clusters, int nodes) => new QueueSimulation(costs).Run(new Seed(1), clusters, nodes);
}
