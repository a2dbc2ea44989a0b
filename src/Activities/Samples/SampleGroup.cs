namespace ClusterSurvey.Activities.Samples;

/// <summary>Some clusters of a sample.</summary>
/// <param name="Name">What the group is called within its division.</param>
/// <param name="Where">A condition in SQL that selects it among the clusters that are not excluded.</param>
/// <param name="Clusters">Names, in the order of the sample table; empty when nothing meets the condition.</param>
public sealed record SampleGroup(string Name, string Where, IReadOnlyList<string> Clusters);

/// <summary>A sample divided one way.</summary>
/// <param name="Name">What the division is called.</param>
/// <param name="Groups">The groups in print order.</param>
/// <param name="LeftOut">Clusters in no group, each with the reason.</param>
public sealed record SampleGrouping(string Name, IReadOnlyList<SampleGroup> Groups, IReadOnlyList<LeftOutCluster> LeftOut);

/// <summary>A cluster that is not counted, and why.</summary>
public sealed record LeftOutCluster(string Name, string Reason);
