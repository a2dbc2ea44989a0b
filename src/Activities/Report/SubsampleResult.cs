namespace ClusterSurvey.Activities.Report;

/// <summary>The joint posterior of some of the clusters in one region.</summary>
/// <param name="Grouping">The division of the sample that the group belongs to.</param>
/// <param name="Name">What the clusters have in common: "relaxed", "z &lt; 0.06".</param>
/// <param name="Region">Name of the region.</param>
/// <param name="Clusters">How many they are.</param>
/// <param name="Joint">Their joint posterior.</param>
/// <param name="MachNumber">The three-dimensional Mach number that follows.</param>
public sealed record SubsampleResult(string Grouping, string Name, string Region, int Clusters, TurbulenceSummary Joint, PosteriorSummary MachNumber);
