using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Physics.Conversions;

namespace ClusterSurvey.Activities.Survey;

/// <summary>The Mach numbers of a run by every published relation.</summary>
public static class MachTable
{
    /// <summary>Its file in the run's folder.</summary>
    public const string Name = "mach.parquet";

    /// <summary>The rows of the posterior of one cluster.</summary>
    internal static IEnumerable<MachRow> OfCluster(string cluster, string region, DerivedPosterior derived, MachCalibration selected) => Rows(cluster, "", "", region, derived, selected);

    /// <summary>The rows of a joint posterior.</summary>
    internal static IEnumerable<MachRow> OfSubsample(string grouping, string name, string region, DerivedPosterior derived, MachCalibration selected) => Rows("", grouping, name, region, derived, selected);

    private static IEnumerable<MachRow> Rows(string cluster, string grouping, string subsample, string region, DerivedPosterior derived, MachCalibration selected) =>
        from calibration in MachCalibration.All
        let mach = derived.Mach(calibration)
        select new MachRow
        {
            Cluster = cluster, Grouping = grouping, Subsample = subsample, Region = region, Calibration = calibration.Name, IsSelected = calibration == selected,
            MachNumber = DerivedPosterior.IntervalOf(mach.Mach), Defined = mach.Defined,
        };
}
