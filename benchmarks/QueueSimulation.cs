using ClusterSurvey.Foundation;

namespace ClusterSurvey.Benchmarks;

/// <summary>What came of a survey in the queue.</summary>
/// <param name="Wall">Seconds from its queueing to its end.</param>
/// <param name="Clusters">Seconds from the hand-over to the end of the last cluster.</param>
/// <param name="Last">Seconds of the run behind that, on one node.</param>
/// <param name="Busy">Part of the slots' time, while clusters were at work, in which they computed.</param>
/// <param name="Database">Part of its processors that the database used meanwhile; above 1 when the looks alone are more than it can do.</param>
/// <param name="Folder">Part of that time in which the shared folder was at its bandwidth.</param>
/// <param name="Connections">The most connections to the database.</param>
internal sealed record QueueOutcome(double Wall, double Clusters, double Last, double Busy, double Database, double Folder, double Connections);

/// <summary>
/// A survey in the queue of many nodes, event by event: the run hands its clusters over, slots look once a second and take one, read, compute, write and
/// end it, and the last that ends wakes the run for its last steps. All share one database and one folder, which serve one after the other.
/// </summary>
/// <param name="costs">What everything costs.</param>
internal sealed class QueueSimulation(QueueCosts costs)
{
    private enum Stage { Look, Take, Read, Compute, Write, End }

    // What is left of a server that has more to do than it can: it does not stand still.
    private const double LeastRest = 0.01;

    /// <summary>Simulates one survey.</summary>
    /// <param name="seed">Origin of the times of the clusters and of the moments of the looks.</param>
    /// <param name="clusters">How many clusters it has.</param>
    /// <param name="nodes">How many nodes there are.</param>
    public QueueOutcome Run(Seed seed, int clusters, int nodes)
    {
        var times = new RandomStream(seed.Derive("clusters"));
        // The mean is what is given: that of a log-normal lies above its median.
        var seconds = Enumerable.Range(0, clusters).Select(_ => costs.ClusterSeconds * Math.Exp(costs.ClusterScatter * times.NextNormal() - costs.ClusterScatter * costs.ClusterScatter / 2)).ToArray();
        var looks = new RandomStream(seed.Derive("looks"));
        var slots = nodes * (int)costs.Slots;
        Server database = new(), folder = new();
        var events = new PriorityQueue<(Stage Stage, int Cluster), (double Time, int Order)>();
        int order = 0, waiting = clusters, ended = 0, working = 0, most = 0;
        double queries = 0, computed = 0, now = 0;
        void Then(Stage stage, int cluster, double time) => events.Enqueue((stage, cluster), (time, order++));
        for (var slot = 0; slot < Math.Min(slots, clusters); slot++) Then(Stage.Look, -1, costs.LookSeconds * looks.NextDouble());
        while (events.TryDequeue(out var next, out var at))
        {
            now = at.Time;
            // Looks come before anything else: what they leave is for the clusters.
            var rest = Math.Max(LeastRest, costs.DatabaseCores - LoadOfLooks(nodes, clusters - ended));
            double Transactions(double count)
            {
                queries += count;
                return database.Serve(now, count * costs.TransactionSeconds / rest);
            }
            switch (next.Stage)
            {
                case Stage.Look when waiting > 0:
                    most = Math.Max(most, ++working);
                    Then(Stage.Take, clusters - waiting--, Transactions(costs.ClusterTransactions / 2));
                    break;
                case Stage.Take:
                    Then(Stage.Read, next.Cluster, folder.Serve(now, costs.ClusterReadMb / costs.FolderMbPerSecond));
                    break;
                case Stage.Read:
                    computed += seconds[next.Cluster];
                    Then(Stage.Compute, next.Cluster, now + seconds[next.Cluster]);
                    break;
                case Stage.Compute:
                    Then(Stage.Write, next.Cluster, folder.Serve(now, costs.ClusterWrittenMb / costs.FolderMbPerSecond));
                    break;
                case Stage.Write:
                    Then(Stage.End, next.Cluster, Transactions(costs.ClusterTransactions / 2));
                    break;
                case Stage.End:
                    (ended, working) = (ended + 1, working - 1);
                    // The scheduler of a node that has let go of a job looks at once.
                    Then(Stage.Look, -1, now);
                    break;
                default:
                    break;
            }
        }
        var populations = costs.PopulationSeconds * Math.Ceiling(costs.Regions / Math.Floor(costs.Slots));
        var last = costs.LookSeconds + clusters * (costs.ReplaySeconds + costs.LastClusterSeconds + costs.LastClusterMb / costs.FolderMbPerSecond + costs.CommonErrorSeconds / Math.Floor(costs.Slots) + populations) + costs.LastSeconds;
        return new QueueOutcome(
            costs.StartSeconds + now + last, now, last, computed / (Math.Min(slots, clusters) * now),
            (LoadOfLooks(nodes, clusters) + queries * costs.TransactionSeconds / now) / costs.DatabaseCores, folder.Busy / now,
            nodes * costs.NodeConnections + most * costs.SlotConnections);
    }

    // Cores of the database that are busy with the looks of all nodes.
    private double LoadOfLooks(int nodes, int open) => nodes * (costs.NodeTransactions * costs.TransactionSeconds + open * costs.JobLookSeconds);

    /// <summary>Serves one after the other, in the order in which they ask.</summary>
    private sealed class Server
    {
        private double free;

        public double Busy { get; private set; }

        /// <summary>The time at which what is asked for now is done.</summary>
        public double Serve(double now, double seconds)
        {
            Busy += seconds;
            return free = Math.Max(now, free) + seconds;
        }
    }
}
