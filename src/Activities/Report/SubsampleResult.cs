namespace ClusterSurvey.Activities.Report;

/// <summary>The joint posterior of some of the clusters in one region.</summary>
/// <param name="Name">What the clusters have in common: "relaxed", "z &lt; 0.06".</param>
/// <param name="Region">Name of the region.</param>
/// <param name="Clusters">How many they are.</param>
/// <param name="Joint">Their joint posterior.</param>
public sealed record SubsampleResult(string Name, string Region, int Clusters, TurbulenceSummary Joint);
