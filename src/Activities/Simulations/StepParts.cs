using ClusterSurvey.Activities.Artifacts;

namespace ClusterSurvey.Activities.Simulations;

/// <summary>
/// The folder in which a step keeps the parts of a set of simulations until it is whole, by the key of its result: an interrupted step finds its own again.
/// One process at a time has it; another with the same key works in a folder that is its own.
/// </summary>
internal sealed class StepParts : IDisposable
{
    /// <summary>The folder of the artifact store in which the parts of unfinished steps are.</summary>
    public const string Place = "simulating";

    private readonly FileStream? held;

    private StepParts(string folder, FileStream? held) => (Folder, this.held) = (folder, held);

    /// <summary>The folder.</summary>
    public string Folder { get; }

    public static StepParts Take(ArtifactStore store, string key)
    {
        var folder = Path.Combine(store.Root, Place, key);
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        return LockFile.TryHold($"{folder}.lock", FileAccess.ReadWrite, FileShare.None) is { } held
            ? new StepParts(folder, held)
            : new StepParts(folder + TemporaryName.Ending, null);
    }

    public void Dispose()
    {
        if (held is null) return;
        File.Delete(held.Name);
        held.Dispose();
    }
}
