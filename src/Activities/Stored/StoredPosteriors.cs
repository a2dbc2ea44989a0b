using System.Text.Json;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Activities.Stored;

/// <summary>
/// The posterior of one region, of one cluster or of many together.
/// </summary>
/// <param name="Region">The region.</param>
/// <param name="Summaries">Per parameter: median, intervals, mean and standard deviation.</param>
/// <param name="Draws">Draws row by row, three parameters each.</param>
/// <param name="Predictive">
/// Quantiles 0.025, 0.16, 0.5, 0.84 and 0.975 of S at every scale under the posterior, [quantile, scale]; empty when not computed.
/// </param>
/// <param name="Clusters">The clusters that it combines.</param>
public sealed record RegionPosterior(
    string Region, IReadOnlyList<ParameterSummary> Summaries, double[] Draws, double[] Predictive, IReadOnlyList<string> Clusters)
{
    /// <summary>What the likelihoods that it combines are wrong in together, of which it takes account; null for one cluster, or where it was not measured.</summary>
    public MeasuredCommonError? CommonError { get; init; }

    /// <summary>The probabilities of the predictive quantiles.</summary>
    public static IReadOnlyList<double> PredictiveQuantiles { get; } = [0.025, 0.16, 0.5, 0.84, 0.975];

    /// <summary>What conversions ask of the first draws; null where it was not computed with the posterior.</summary>
    public DrawnAmplitudes? Amplitudes { get; init; }

    /// <summary>The same posterior with what conversions ask of its draws, for spectra that were measured at some scales; as it is for none.</summary>
    /// <param name="scales">The range of the scales; null for none.</param>
    public RegionPosterior WithAmplitudes(ScaleRange? scales)
        => scales is not { } range ? this : this with { Amplitudes = DrawnAmplitudes.Of(Draws, range.Values()[0], range.Values()[^1]) };
}

/// <summary>The posteriors of the regions of a cluster, or of a sample, as an artifact.</summary>
public sealed record StoredPosteriors(IReadOnlyList<RegionPosterior> Regions)
{
    public const string Kind = "posteriors";

    public RegionPosterior? Of(string region) => Regions.FirstOrDefault(posterior => posterior.Region == region);

    public Artifact Save(ArtifactStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var about = Regions.Select(region => new About(region.Region, region.Summaries, region.Clusters, region.CommonError));
        var bundle = new ArrayBundle { Metadata = new() { ["regions"] = SurveyJson.ToNode(about.ToArray()) } };
        foreach (var region in Regions)
        {
            bundle.Add($"draws_{region.Region}", region.Draws, region.Draws.Length / region.Summaries.Count, region.Summaries.Count);
            var quantiles = RegionPosterior.PredictiveQuantiles.Count;
            if (region.Predictive.Length > 0)
                bundle.Add($"predictive_{region.Region}", region.Predictive, quantiles, region.Predictive.Length / quantiles);
            if (region.Amplitudes is { } amplitudes)
                bundle.Add($"amplitudes_{region.Region}", [.. amplitudes.Peak, .. amplitudes.Observed], 2, amplitudes.Peak.Length);
        }
        return store.Save(Kind, 1, bundle.Write);
    }

    public static StoredPosteriors Load(ArtifactStore store, Artifact artifact)
    {
        var bundle = store.LoadBundle(artifact, Kind);
        var about = bundle.Metadata["regions"].Deserialize<About[]>(SurveyJson.Options)!;
        return new StoredPosteriors([.. about.Select(region => new RegionPosterior(region.Region, region.Summaries, bundle.Doubles($"draws_{region.Region}"),
            bundle.Contains($"predictive_{region.Region}") ? bundle.Doubles($"predictive_{region.Region}") : [], region.Clusters)
        {
            CommonError = region.CommonError,
            Amplitudes = bundle.Contains($"amplitudes_{region.Region}") ? Amplitudes(bundle.Doubles($"amplitudes_{region.Region}")) : null,
        })]);
    }

    private static DrawnAmplitudes Amplitudes(double[] both) => new(both[..(both.Length / 2)], both[(both.Length / 2)..]);

    private sealed record About(string Region, IReadOnlyList<ParameterSummary> Summaries, IReadOnlyList<string> Clusters, MeasuredCommonError? CommonError);
}
