using System.Globalization;

namespace ClusterSurvey.Benchmarks;

/// <summary>What the queue of a survey costs. The defaults are those of docs/scaling.md, which says where each comes from.</summary>
internal sealed record QueueCosts
{
    /// <summary>Clusters computed at the same time on a node, a core each.</summary>
    public double Slots { get; init; } = 8;

    /// <summary>Seconds of a core for a cluster.</summary>
    public double ClusterSeconds { get; init; } = 271;

    /// <summary>Standard deviation of the natural logarithm of that time, over clusters.</summary>
    public double ClusterScatter { get; init; } = 0.3;

    /// <summary>Megabytes that a cluster reads from and writes to the shared folder.</summary>
    public double ClusterReadMb { get; init; } = 12;

    /// <inheritdoc cref="ClusterReadMb"/>
    public double ClusterWrittenMb { get; init; } = 13;

    /// <summary>Megabytes a second of the shared folder, for all nodes together.</summary>
    public double FolderMbPerSecond { get; init; } = 100;

    /// <summary>Transactions of a cluster, from its taking to its end.</summary>
    public double ClusterTransactions { get; init; } = 220;

    /// <summary>Transactions a second of a node at rest or at work, for its looks.</summary>
    public double NodeTransactions { get; init; } = 17;

    /// <summary>Processor seconds of the database for a transaction.</summary>
    public double TransactionSeconds { get; init; } = 0.0006;

    /// <summary>Processor seconds of the database for a node's looks of a second, for each job that has not ended.</summary>
    public double JobLookSeconds { get; init; } = 8e-6;

    /// <summary>Cores of the database's machine.</summary>
    public double DatabaseCores { get; init; } = 4;

    /// <summary>Connections of a node to the database.</summary>
    public double NodeConnections { get; init; } = 3;

    /// <summary>Connections for each cluster at work.</summary>
    public double SlotConnections { get; init; } = 0.7;

    /// <summary>Connections that the database admits.</summary>
    public double MostConnections { get; init; } = 97;

    /// <summary>Seconds from one look of a node at the queue to the next.</summary>
    public double LookSeconds { get; init; } = 1;

    /// <summary>Seconds from the first work at a run to the hand-over of its clusters.</summary>
    public double StartSeconds { get; init; } = 6;

    /// <summary>Seconds that the run takes to go through a cluster that is done.</summary>
    public double ReplaySeconds { get; init; } = 0.01;

    /// <summary>Seconds of the tables and the report, which one thread writes: whatever the number of clusters, and for each.</summary>
    public double LastSeconds { get; init; } = 5;

    /// <inheritdoc cref="LastSeconds"/>
    public double LastClusterSeconds { get; init; } = 0.55;

    /// <summary>Megabytes that the run reads and writes for each cluster that has ended: cubes, figures, tables.</summary>
    public double LastClusterMb { get; init; } = 12;

    /// <summary>Seconds of a core for what the likelihoods of all regions are wrong in together, for each cluster; surveys are scored side by side.</summary>
    public double CommonErrorSeconds { get; init; } = 12.2;

    /// <summary>Seconds of a core that the population of a region takes for each cluster; regions are inferred side by side.</summary>
    public double PopulationSeconds { get; init; } = 0.2;

    /// <summary>Regions of a cluster.</summary>
    public double Regions { get; init; } = 6;

    /// <summary>These costs with some of them changed.</summary>
    /// <param name="changes">Names, as <c>--cluster-seconds</c>, and values.</param>
    /// <exception cref="ArgumentException">A name is none of a cost, or a value no positive number.</exception>
    public QueueCosts With(IEnumerable<(string Name, string Value)> changes)
    {
        var changed = this with { };
        foreach (var (name, text) in changes)
        {
            var cost = typeof(QueueCosts).GetProperties().SingleOrDefault(property => Option(property.Name) == name)
                ?? throw new ArgumentException($"{name}: no such option; there are --clusters, --nodes, --seed, {string.Join(", ", typeof(QueueCosts).GetProperties().Select(property => Option(property.Name)))}");
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !(value >= 0) || !double.IsFinite(value)) throw new ArgumentException($"{name} {text}: no number of zero or more");
            cost.SetValue(changed, value);
        }
        return changed;
    }

    private static string Option(string property) => "-" + string.Concat(property.Select(letter => char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
