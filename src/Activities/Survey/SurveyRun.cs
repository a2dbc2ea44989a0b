using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Stored;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Physics.Morphology;
using ClusterSurvey.Physics.Spectra;

namespace ClusterSurvey.Activities.Survey;

/// <summary>What a run of the survey has published in its folder: everything from which tables and report are written.</summary>
public sealed class SurveyRun
{
    public SurveyRun(RunFolder folder, ArtifactStore store)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(store);
        (Folder, Store) = (folder, store);
        var survey = folder.Published("survey").ToDictionary(entry => entry.Name, entry => entry.Value);
        if (!survey.TryGetValue("settings", out var settings) || !survey.TryGetValue("sample", out var sample))
            throw new BadInputException(folder.Path, "no settings and sample", "the folder of a run of the survey", "name a run, see clustersurvey runs");
        var plain = settings.AsObject().DeepClone().AsObject();
        Prior = SurveyPrior.Parse(plain["prior"]!.AsObject());
        plain["prior"] = "survey";
        Settings = SurveySettings.Parse(plain.ToJsonString(), folder.FileAt("published", "survey", "settings.json"));
        SettingsJson = settings.AsObject();
        Clusters = [.. folder.Published(PublishCluster.Group).Select(cluster => (cluster.Name, ClusterProducts.Of(cluster.Name, cluster.Value)))];
        Calibration = Clusters.ToDictionary(cluster => cluster.Name, cluster => ClusterCalibration.Of(store, cluster.Name, cluster.Products), StringComparer.Ordinal);
        Morphology = new SampleMorphology(ReadSample(store, sample), MeasuredMorphology(Clusters), Settings.Morphology);
        Sample = Morphology.Sample;
        Division = SampleDivision.By(Settings, Sample) with { Mixed = [.. Morphology.Notes()] };
        Counted = Sample.Without(Division.ExcludedNames());
        Joint = survey.TryGetValue("joint", out var joint)
            ? StoredPosteriors.Load(store, joint.Deserialize<Artifact>(SurveyJson.Options)!)
            : new StoredPosteriors([]);
        Failures = QuarantinedCluster.ReadAll(folder);
    }

    /// <summary>All that has been published in the run's folder: with the store, all that its tables and its report are made of.</summary>
    /// <param name="but">A name of the survey's group that is left out, since it comes with what is made.</param>
    internal JsonObject Published(string but = "")
    {
        JsonObject Group(string name) => new(Folder.Published(name).Where(entry => entry.Name != but).Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)entry.Value)));
        return new JsonObject { ["survey"] = Group("survey"), ["clusters"] = Group(PublishCluster.Group), ["failures"] = Group(QuarantinedCluster.Group) };
    }

    /// <summary>A region of the settings.</summary>
    /// <exception cref="BadInputException">The run has results of a region that its settings do not have.</exception>
    public RadialRegion Region(string name)
    {
        foreach (var region in Settings.Regions)
            if (region.Name == name) return region;
        throw new BadInputException(Folder.FileAt("published", "survey", "settings.json"), $"results of the region {name}, which these settings do not have",
            $"results of {string.Join(", ", Settings.Regions.Select(region => region.Name))}", "let the workflow load its settings once, before everything that uses them");
    }

    /// <summary>A run with the joint posterior that it has come to: published, so that the report can be written anew.</summary>
    public static SurveyRun With(RunFolder folder, ArtifactStore store, Artifact joint)
    {
        ArgumentNullException.ThrowIfNull(folder);
        folder.Publish("survey", "joint", SurveyJson.ToNode(joint)!);
        return new SurveyRun(folder, store);
    }

    public RunFolder Folder { get; }

    public ArtifactStore Store { get; }

    public SurveySettings Settings { get; }

    /// <summary>The settings with the prior written out.</summary>
    public JsonObject SettingsJson { get; }

    public Prior Prior { get; }

    /// <summary>The clusters that were asked for, with their morphology measured where the settings want it.</summary>
    public SampleTable Sample { get; }

    /// <summary>Where each cluster's morphology comes from.</summary>
    public SampleMorphology Morphology { get; }

    /// <summary>What the settings exclude, and how they divide the rest.</summary>
    public SampleDivision Division { get; }

    /// <summary>The clusters that were asked for and are not excluded: those of joint posteriors and groups.</summary>
    public SampleTable Counted { get; }

    /// <summary>The clusters that came through, by name.</summary>
    public IReadOnlyList<(string Name, ClusterProducts Products)> Clusters { get; }

    /// <summary>The calibration of their networks, by name.</summary>
    public IReadOnlyDictionary<string, ClusterCalibration> Calibration { get; }

    /// <summary>The joint posteriors; none when no cluster came through.</summary>
    public StoredPosteriors Joint { get; }

    public IReadOnlyList<FailureRow> Failures { get; }

    /// <summary>The flag of a posterior of several clusters: how many of their networks fail their calibration; empty for none.</summary>
    internal string NotCalibrated(RegionPosterior posterior)
    {
        var failing = posterior.Clusters.Count(cluster => Calibration.TryGetValue(cluster, out var found) && found.Failing.Contains(posterior.Region));
        return failing == 0 ? "" : $"{ClusterFlags.NotCalibrated}: {failing} of {posterior.Clusters.Count} networks";
    }

    /// <summary>What was measured of the shapes of some clusters.</summary>
    internal static IReadOnlyDictionary<string, ClusterMorphology> MeasuredMorphology(IEnumerable<(string Name, ClusterProducts Products)> clusters)
        => clusters.Where(cluster => cluster.Products.Morphology is not null).ToDictionary(cluster => cluster.Name, cluster => cluster.Products.Morphology!);

    /// <summary>The sample table that a run has published, with the clusters that were asked for.</summary>
    internal static SampleTable ReadSample(ArtifactStore store, JsonNode sample)
    {
        ArgumentNullException.ThrowIfNull(store);
        var table = sample["table"].Deserialize<Artifact>(SurveyJson.Options)!;
        using var reader = new StreamReader(store.Open(table));
        return SampleTable.Parse(reader.ReadToEnd(), "sample table").Select(sample["clusters"].Deserialize<string[]>(SurveyJson.Options)!);
    }
}
