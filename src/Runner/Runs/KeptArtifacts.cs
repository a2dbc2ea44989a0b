using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Survey;

namespace ClusterSurvey.Runner.Runs;

/// <summary>What the runs whose folders are there need of the artifact store: to be resumed, reported and combined.</summary>
/// <param name="Keys">Keys of results.</param>
/// <param name="Hashes">Hashes of artifacts that their folders name.</param>
public sealed record KeptArtifacts(IReadOnlySet<string> Keys, IReadOnlySet<string> Hashes)
{
    /// <summary>What the runs of a folder need.</summary>
    public static KeptArtifacts Of(RunHome home)
    {
        ArgumentNullException.ThrowIfNull(home);
        var folders = home.Runs();
        var paths = folders.Select(folder => folder.Path).ToHashSet(StringComparer.Ordinal);
        var keys = folders.SelectMany(folder => RunManifest.Read(folder).Steps).Select(step => step.Key).ToHashSet(StringComparer.Ordinal);
        using var ledger = home.OpenLedger();
        foreach (var instance in ledger.Instances(runsOnly: false).Where(instance => paths.Contains(Path.GetFullPath(instance.RunFolder)))) keys.UnionWith(ledger.Keys(instance.Id));
        var hashes = folders.SelectMany(folder => folder.PublishedAnywhere()).SelectMany(StepResult.ArtifactsIn).Select(artifact => artifact.Sha256);
        return new KeptArtifacts(keys, hashes.ToHashSet(StringComparer.Ordinal));
    }
}
