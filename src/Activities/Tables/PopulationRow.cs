namespace ClusterSurvey.Activities.Tables;

[Table("population", 2, "the population of the clusters of one sub-sample in one region: theta_i ~ N(mean, scatter^2), cut to the prior's range, for each cluster")]
public sealed record PopulationRow
{
    [Column("grouping", "", "division of the sample that the sub-sample belongs to; empty for the whole")]
    public required string Grouping { get; init; }

    [Column("subsample", "", "name of the sub-sample; all for the whole")]
    public required string Subsample { get; init; }

    [Column("region", "", "region")]
    public required string Region { get; init; }

    [Column("clusters", "1", "clusters in it that have a likelihood")]
    public required int Clusters { get; init; }

    [Column("cluster_names", "", "their names, separated by ';'")]
    public required string ClusterNames { get; init; }

    [Column("mean_log10_sigma", "1", "mean of log10 sigma over clusters")]
    public required Interval? MeanLog10Sigma { get; init; }

    [Column("scatter_log10_sigma", "dex", "standard deviation of log10 sigma over clusters, without errors of measurement")]
    public required Interval? ScatterLog10Sigma { get; init; }

    [Column("mean_log10_injection_scale", "log10 R500", "mean of log10 of the injection scale in R500 over clusters")]
    public required Interval? MeanLog10InjectionScale { get; init; }

    [Column("scatter_log10_injection_scale", "dex", "its standard deviation over clusters, without errors of measurement")]
    public required Interval? ScatterLog10InjectionScale { get; init; }

    [Column("mean_slope", "1", "mean of alpha over clusters")]
    public required Interval? MeanSlope { get; init; }

    [Column("scatter_slope", "1", "its standard deviation over clusters, without errors of measurement")]
    public required Interval? ScatterSlope { get; init; }

    [Column("converged", "", "false when the sampler ended before it had the draws asked for")]
    public required bool Converged { get; init; }

    [Column("common_error", "1", "common part of the mean square gradient of the clusters' likelihoods, by which the means are widened; empty where it was not measured", Since = 2)]
    public double? CommonError { get; init; }
}
