namespace ClusterSurvey.Activities.Tables;

[Table("trends", 2, "how log10 sigma of the clusters goes with one quantity of theirs in one region; what cannot be had of too few clusters is null")]
public sealed record TrendRow
{
    [Column("region", "", "region")]
    public required string Region { get; init; }

    [Column("quantity", "", "column of the sample table; log10_ before it where its logarithm counts")]
    public required string Quantity { get; init; }

    [Column("quantity_unit", "", "unit of the quantity")]
    public required string QuantityUnit { get; init; }

    [Column("clusters", "1", "clusters that are not excluded, have a posterior in the region and the quantity")]
    public required int Clusters { get; init; }

    [Column("cluster_names", "", "their names, separated by ';'")]
    public required string ClusterNames { get; init; }

    [Column("measured", "1", "how many of them have the quantity measured on the maps, and not from the table")]
    public required int Measured { get; init; }

    [Column("left_out", "", "names of clusters that have a posterior but not the quantity, separated by ';'")]
    public required string LeftOut { get; init; }

    [Column("correlation", "1", "correlation of log10 sigma with the quantity, without errors of measurement: its posterior")]
    public required Interval? Correlation { get; init; }

    [Column("p_value", "1", "twice the probability that the slope has the other sign; not below one over the draws")]
    public required double? PValue { get; init; }

    [Column("p_value_holm", "1", "the same after Holm's correction for the quantities of the region")]
    public required double? PValueHolm { get; init; }

    [Column("slope", "dex per unit of the quantity", "slope of a line with intrinsic scatter: its posterior")]
    public required Interval? Slope { get; init; }

    [Column("intrinsic_scatter", "dex", "scatter of log10 sigma about the line beyond the errors: its posterior")]
    public required Interval? IntrinsicScatter { get; init; }

    [Column("spearman_draws", "1", "Spearman's rank correlation over draws of log10 sigma: errors of measurement weaken it, and clusters that tell little, whose draws lie about the middle of the prior, can feign one")]
    public required Interval? SpearmanDraws { get; init; }

    [Column("pivot", "unit of the quantity", "mean of the quantity")]
    public required double? Pivot { get; init; }

    [Column("log10_sigma_at_pivot", "1", "the line's log10 sigma there")]
    public required double? Level { get; init; }

    [Column("converged", "", "false when the sampler ended before it had the draws asked for")]
    public required bool? Converged { get; init; }
}
