using System.Text.Json;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Activities.Stored;

/// <summary>The measured spectrum of one region: power, null power and S per scale.</summary>
public sealed record RegionSpectrum(string Region, double[] Power, double[] NullPower, double[] S);

/// <summary>The measured spectra of one cluster as an artifact.</summary>
public sealed record StoredSpectra(double[] ScalesR500, IReadOnlyList<RegionSpectrum> Regions)
{
    public const string Kind = "spectra";

    /// <summary>The spectrum of a region, or null when the cluster does not have it.</summary>
    public RegionSpectrum? Of(string region) => Regions.FirstOrDefault(spectrum => spectrum.Region == region);

    public Artifact Save(ArtifactStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var bundle = new ArrayBundle { Metadata = new() { ["regions"] = SurveyJson.ToNode(Regions.Select(region => region.Region)) } };
        bundle.Add("scales_r500", ScalesR500);
        foreach (var region in Regions)
            bundle.Add($"power_{region.Region}", region.Power).Add($"null_power_{region.Region}", region.NullPower).Add($"s_{region.Region}", region.S);
        return store.Save(Kind, 1, bundle.Write);
    }

    public static StoredSpectra Load(ArtifactStore store, Artifact artifact)
    {
        var bundle = store.LoadBundle(artifact, Kind);
        var names = bundle.Metadata["regions"].Deserialize<string[]>(SurveyJson.Options)!;
        var regions = names.Select(name =>
            new RegionSpectrum(name, bundle.Doubles($"power_{name}"), bundle.Doubles($"null_power_{name}"), bundle.Doubles($"s_{name}")));
        return new StoredSpectra(bundle.Doubles("scales_r500"), [.. regions]);
    }
}
