using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Runner.Runs;

/// <summary>What of a run is held against another run.</summary>
public sealed record ComparedRun
{
    public required RunManifest Manifest { get; init; }

    /// <summary>The definition that it ran; empty when its folder does not hold it.</summary>
    public JsonObject Definition { get; init; } = [];

    /// <summary>The version of every step that it took, by the step's name.</summary>
    public IReadOnlyDictionary<string, int> StepVersions { get; init; } = new Dictionary<string, int>();

    /// <summary>The clusters that were asked for.</summary>
    public IReadOnlyList<string> Clusters { get; init; } = [];

    /// <summary>What was set aside, and why.</summary>
    public IReadOnlyList<FailureRow> Failures { get; init; } = [];

    /// <summary>Posteriors by cluster and region; none before the tables are written.</summary>
    public IReadOnlyList<ClusterRow> Posteriors { get; init; } = [];

    /// <summary>Joint posteriors by sub-sample and region.</summary>
    public IReadOnlyList<SubsampleRow> Joint { get; init; } = [];

    /// <summary>Reads a run from its folder, and the versions of its steps from the records of their results.</summary>
    public static ComparedRun Read(RunFolder folder, ArtifactStore store)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(store);
        var manifest = RunManifest.Read(folder);
        var definition = folder.FileAt(SurveyLauncher.DefinitionFile);
        return new ComparedRun
        {
            Manifest = manifest,
            Definition = File.Exists(definition) ? WorkflowDocument.Load(definition).ToJson() : [],
            StepVersions = Versions(manifest, store),
            Clusters = PublishedSurvey.Clusters(folder),
            Failures = QuarantinedCluster.ReadAll(folder),
            Posteriors = Table<ClusterRow>(folder, "clusters"),
            Joint = Table<SubsampleRow>(folder, "subsamples"),
        };
    }

    // A step has one version in a program, so one of its results tells it for all clusters; records that were collected tell nothing.
    private static Dictionary<string, int> Versions(RunManifest manifest, ArtifactStore store)
        => manifest.Steps.Where(step => step.Key.Length > 0).GroupBy(step => step.Step)
            .Select(steps => (steps.Key, Version: store.Recorded(steps.Last().Key)?.Version))
            .Where(step => step.Version is not null)
            .ToDictionary(step => step.Key, step => step.Version!.Value, StringComparer.Ordinal);

    private static IReadOnlyList<TRow> Table<TRow>(RunFolder folder, string name) where TRow : class
        => File.Exists(folder.FileAt($"{name}.parquet")) ? RunTable.Read<TRow>(folder.FileAt($"{name}.parquet")) : [];
}
