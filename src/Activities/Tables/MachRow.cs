namespace ClusterSurvey.Activities.Tables;

[Table("mach", 1, "the Mach number of one posterior by one published relation, of every posterior of the run by every relation")]
public sealed record MachRow
{
    [Column("cluster", "", "name in the sample table; empty for a joint posterior")]
    public required string Cluster { get; init; }

    [Column("grouping", "", "division of the sample that the sub-sample belongs to; empty for the whole and for a cluster")]
    public required string Grouping { get; init; }

    [Column("subsample", "", "name of the sub-sample; empty for a cluster")]
    public required string Subsample { get; init; }

    [Column("region", "", "region")]
    public required string Region { get; init; }

    [Column("calibration", "", "name of the relation, as in the setting mach_calibration")]
    public required string Calibration { get; init; }

    [Column("selected", "", "true for the relation that turbulent pressure and hydrostatic bias rest on")]
    public required bool IsSelected { get; init; }

    [Column("mach_3d", "1", "three-dimensional Mach number, the scatter of the relation included where one was published; null where it is defined for less than half of the draws")]
    public required Interval? MachNumber { get; init; }

    [Column("defined", "1", "part of the draws for which the relation is defined: those at the peak of A(k) are not for slopes of 3 or less")]
    public required double Defined { get; init; }
}
