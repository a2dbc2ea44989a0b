namespace ClusterSurvey.Activities.Report;

/// <summary>What clusters have in common and by how much they differ, in one region. The mean is in the units of the report, the scatter of sigma and of the injection scale in dex.</summary>
/// <param name="Grouping">Division of the sample; empty for the whole.</param>
/// <param name="Name">Name of the group.</param>
/// <param name="Region">The region.</param>
/// <param name="Clusters">How many clusters.</param>
/// <param name="Shared">The posterior of one value for all, parameter by parameter; null where there is none.</param>
/// <param name="Mean">The posterior of the population's mean; 95 % intervals are not known and repeat those of 68 %.</param>
/// <param name="Scatter">The posterior of its scatter, likewise.</param>
/// <param name="Converged">False when the sampler ended early.</param>
public sealed record PopulationResult(
    string Grouping, string Name, string Region, int Clusters, TurbulenceSummary? Shared, TurbulenceSummary Mean, TurbulenceSummary Scatter, bool Converged);
