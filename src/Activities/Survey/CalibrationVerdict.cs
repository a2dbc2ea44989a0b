using ClusterSurvey.Activities.Report;

namespace ClusterSurvey.Activities.Survey;

/// <summary>What the calibration of its networks says of a survey, in one sentence.</summary>
internal static class CalibrationVerdict
{
    /// <summary>The verdict; none for a survey without clusters.</summary>
    public static IEnumerable<QualityFlag> Of(SurveyRun run)
    {
        var networks = run.Clusters.SelectMany(cluster => cluster.Products.Cubes.Keys.Select(region => (Cluster: cluster.Name, Region: region, Found: run.Calibration[cluster.Name]))).ToArray();
        var tested = networks.Where(network => network.Found.Tested(network.Region)).ToArray();
        if (networks.Length > tested.Length)
            yield return new QualityFlag(FlagLevel.Note, "not tested", $"{networks.Length - tested.Length} of {networks.Length} networks were not held against simulations that they have not learnt from (setting calibration).");
        if (tested.Length == 0) yield break;
        var failing = tested.Where(network => network.Found.Failing.Contains(network.Region)).ToArray();
        var retrained = tested.Count(network => network.Found.Retrained(network.Region));
        var larger = retrained == 0 ? "" : $" {retrained} failed at first and were trained once more, larger.";
        yield return failing.Length == 0
            ? new QualityFlag(FlagLevel.Passed, "calibrated networks", $"The {tested.Length} networks pass ranks, coverage and TARP on simulations that they have not learnt from.{larger}")
            : new QualityFlag(FlagLevel.Warning, ClusterFlags.NotCalibrated,
                $"{failing.Length} of {tested.Length} networks fail ranks, coverage or TARP on simulations that they have not learnt from: {string.Join("; ", failing.GroupBy(network => network.Cluster).Select(cluster => $"{cluster.Key} ({string.Join(", ", cluster.Select(network => network.Region))})"))}.{larger} The joint posteriors that they enter are flagged: their error bars are not to be believed. More simulations on fields of their own are the cure.");
    }
}
