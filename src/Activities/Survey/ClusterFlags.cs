using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Report;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Physics.MeanModel;
using ClusterSurvey.Physics.Morphology;

namespace ClusterSurvey.Activities.Survey;

/// <summary>The quality flags of a cluster, in words.</summary>
public static class ClusterFlags
{
    /// <summary>The flag of a network that fails its calibration.</summary>
    public const string NotCalibrated = "not calibrated";

    /// <summary>Flags of the cluster as a whole: its maps and its mean model.</summary>
    public static IReadOnlyList<QualityFlag> Of(ArtifactStore store, ClusterProducts products)
    {
        ArgumentNullException.ThrowIfNull(products);
        var maps = StoredMaps.Load(store, products.Maps).Findings.Select(finding => new QualityFlag(FlagLevel.Note, "odd maps", finding));
        var model = StoredMeanModel.Load(store, products.MeanModel).Flags.Select(MeanModel);
        var dropped = StoredRegions.Load(store, products.RegionSet).Dropped.Select(region =>
            new QualityFlag(FlagLevel.Warning, $"no region {region.Name}", $"Region {region.Name} is left out: {region.Reason}."));
        return [.. maps, .. model, .. dropped, .. Simulations(store, products), .. Morphology(products.Morphology)];
    }

    /// <summary>Flags of the cluster in one region: its spectrum and its likelihood.</summary>
    public static IReadOnlyList<QualityFlag> Of(SurveyRun run, string cluster, ClusterProducts products, string region)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(products);
        var flags = new List<QualityFlag>();
        if (run.Calibration[cluster].FailuresOf(region) is { Count: > 0 } failed)
            flags.Add(new QualityFlag(FlagLevel.Warning, NotCalibrated, $"Posteriors of simulations that the network has not learnt from are not as they should be, in {string.Join("; ", failed)}, even after a larger one was trained: its error bars are wrong."));
        else if (run.Calibration[cluster].Retrained(region))
            flags.Add(new QualityFlag(FlagLevel.Note, "retrained", "The first network failed its calibration; the larger one that took its place passes."));
        var familiarity = products.Familiarity[region];
        if (!familiarity.IsInside)
        {
            var oddity = familiarity.Outside.Count > 0
                ? $"At {familiarity.Outside.Count} scales the spectrum lies outside the central 99.9 % of the simulated ones"
                : "The spectrum as a whole is farther from the mean of the simulations than 99.9 % of them";
            flags.Add(new QualityFlag(FlagLevel.Warning, "unlike the simulations",
                $"{oddity}: the network is asked about something that it has not seen."));
        }
        var cube = StoredCube.Load(run.Store, products.Cubes[region]).Flags;
        if (cube.HasFlag(LikelihoodFlags.PeakAtEdge))
            flags.Add(new QualityFlag(FlagLevel.Note, "peak at the edge",
                "The likelihood is highest at the edge of the prior: read the posterior as a limit."));
        if (cube.HasFlag(LikelihoodFlags.Uninformative))
            flags.Add(new QualityFlag(FlagLevel.Note, "no information",
                "The likelihood hardly varies over the prior: the posterior is the prior."));
        if (cube.HasFlag(LikelihoodFlags.UndefinedValues))
            flags.Add(new QualityFlag(FlagLevel.Warning, "gaps in the likelihood",
                "Somewhere on the grid the likelihood is not a number and counts as impossible."));
        return flags;
    }

    private static IEnumerable<QualityFlag> Simulations(ArtifactStore store, ClusterProducts products) =>
        products.Quality.Notes(StoredSpectra.Load(store, products.Spectra).ScalesR500).Select(note => new QualityFlag(FlagLevel.Note, note.Title, note.Text));

    private static IEnumerable<QualityFlag> Morphology(ClusterMorphology? morphology)
    {
        if (morphology is { Coverage: < ClusterMorphology.LeastCoverage })
            yield return new QualityFlag(FlagLevel.Note, "morphology of few pixels",
                $"Only {morphology.Coverage.ToString("P0", System.Globalization.CultureInfo.InvariantCulture)} of the mean model's light within R500 is on usable pixels: the measured morphology is largely the mean model's.");
    }

    private static QualityFlag MeanModel(MeanModelFlag flag) => flag switch
    {
        MeanModelFlag.NotConverged => new(FlagLevel.Warning, "mean model not converged",
            "The search for the best mean model ended at its limit of iterations."),
        MeanModelFlag.CurvatureRegularised => new(FlagLevel.Note, "mean model poorly curved",
            "The posterior of the mean model was not curved at its maximum; the expected curvature stands in its place."),
        MeanModelFlag.PosteriorApproximate => new(FlagLevel.Note, "mean model approximate",
            "The posterior of the mean model is rough: its widths are approximate."),
        MeanModelFlag.ParameterAtPriorEdge => new(FlagLevel.Note, "mean model at its prior's edge",
            "A parameter of the mean model lies at the end of its prior range."),
        MeanModelFlag.PoorFit => new(FlagLevel.Warning, "poor mean model",
            "The C-statistic is more than 5 standard deviations above its expectation: fluctuations, or structure that the model does not have."),
        MeanModelFlag.CentreFarFromCatalogue => new(FlagLevel.Warning, "centre off the catalogue",
            "The centre of the mean model is more than 0.15 R500 from the catalogue's."),
        MeanModelFlag.FewCounts => new(FlagLevel.Warning, "few counts", "Fewer than 1000 source counts: the shape of the mean model is largely its prior's."),
        MeanModelFlag.LittleCoverage => new(FlagLevel.Warning, "little coverage", "Fewer than half of the pixels within R500 may be used."),
        _ => new(FlagLevel.Note, "mean model", $"{flag}."),
    };
}
