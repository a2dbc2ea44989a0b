namespace ClusterSurvey.Activities.Samples;

/// <summary>Some clusters of a sample.</summary>
/// <param name="Name">What the group is called within its division.</param>
/// <param name="Condition">What its clusters have in common, for readers: "2 ≤ m500_1e14msun &lt; 5".</param>
/// <param name="Where">A condition in SQL that selects it among the clusters that are not excluded.</param>
/// <param name="Clusters">Names, in the order of the sample table; empty when nothing meets the condition.</param>
public sealed record SampleGroup(string Name, string Condition, string Where, IReadOnlyList<string> Clusters);

/// <summary>A sample divided one way.</summary>
/// <param name="Name">What the division is called.</param>
/// <param name="Within">The condition that clusters of every group meet; null for none.</param>
/// <param name="Groups">The groups in print order.</param>
/// <param name="LeftOut">Clusters in no group, each with the reason.</param>
public sealed record SampleGrouping(string Name, string? Within, IReadOnlyList<SampleGroup> Groups, IReadOnlyList<LeftOutCluster> LeftOut);

/// <summary>A cluster that is not counted, and why.</summary>
public sealed record LeftOutCluster(string Name, string Reason);

/// <summary>A name among the exclusions that no cluster has.</summary>
/// <param name="Name">The name.</param>
/// <param name="Nearest">The cluster that was perhaps meant; null when none is called nearly so.</param>
public sealed record UnmatchedExclusion(string Name, string? Nearest)
{
    public string InWords() => Nearest is null ? Name : $"{Name} (did you mean {Nearest}?)";
}

/// <summary>A group of a division, as steps hand it on.</summary>
/// <param name="Grouping">The division that it belongs to.</param>
/// <param name="Name">What it is called there.</param>
/// <param name="Clusters">Names of its clusters.</param>
public sealed record ClusterGroup(string Grouping, string Name, IReadOnlyList<string> Clusters);
