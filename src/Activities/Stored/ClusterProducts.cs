using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Simulations;
using ClusterSurvey.Physics.Morphology;

namespace ClusterSurvey.Activities.Stored;

/// <summary>What the analysis of one cluster gave, under the names by which the cluster's definition gives them.</summary>
public sealed record ClusterProducts
{
    private static readonly JsonSerializerOptions Lenient = new(SurveyJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip, PropertyNameCaseInsensitive = true,
    };

    public required Artifact Maps { get; init; }

    public required Artifact MeanModel { get; init; }

    public required Artifact RegionSet { get; init; }

    public required Artifact Spectra { get; init; }

    public required SimulationQuality Quality { get; init; }

    public required IReadOnlyDictionary<string, Artifact> Cubes { get; init; }

    public required IReadOnlyDictionary<string, Familiarity> Familiarity { get; init; }

    public required Artifact Posteriors { get; init; }

    /// <summary>The learnt likelihood of each region; null when the definition does not give them.</summary>
    public IReadOnlyDictionary<string, Artifact>? Likelihoods { get; init; }

    /// <summary>The tests of calibration of each region; null when the settings ask for none, or the definition makes none.</summary>
    public IReadOnlyDictionary<string, Artifact>? Calibrations { get; init; }

    /// <summary>The held-out simulations of each region on which networks were calibrated; null when the settings ask for none, or the definition makes none.</summary>
    public IReadOnlyDictionary<string, Artifact>? HeldOut { get; init; }

    /// <summary>The test simulations of each region; null when the definition makes none.</summary>
    public IReadOnlyDictionary<string, Artifact>? TestTables { get; init; }

    /// <summary>Test simulations that depart from what the survey takes for granted, by what is different and region; null when the definition makes none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Artifact>>? Departures { get; init; }

    /// <summary>The shape that was measured on the maps; null for a definition that measures none.</summary>
    public ClusterMorphology? Morphology { get; init; }

    /// <summary>The products as a definition published them; what a changed definition adds is left alone.</summary>
    /// <exception cref="BadInputException">A product that the survey needs is missing.</exception>
    public static ClusterProducts Of(string cluster, JsonNode published)
    {
        try
        {
            return published.Deserialize<ClusterProducts>(Lenient)!;
        }
        catch (JsonException missing)
        {
            throw new BadInputException(cluster, missing.Message,
                "the outputs Maps, MeanModel, RegionSet, Spectra, Quality, Cubes, Familiarity and Posteriors",
                "give them as outputs of the cluster's definition", missing);
        }
    }
}
