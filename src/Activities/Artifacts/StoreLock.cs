using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Artifacts;

/// <summary>
/// Keeps those who use an artifact store and those who clear it apart: many may use it at the same time, one alone may clear it.
/// </summary>
public sealed class StoreLock : IDisposable
{
    private readonly FileStream file;

    private StoreLock(FileStream file) => this.file = file;

    /// <summary>For those who find and save results.</summary>
    /// <exception cref="BadInputException">The store is being cleared.</exception>
    public static StoreLock ForUse(ArtifactStore store) => Open(store, FileShare.Read, "an artifact store that is being cleared", "wait until gc has ended");

    /// <summary>For one who removes results.</summary>
    /// <exception cref="BadInputException">A run uses the store.</exception>
    public static StoreLock ForClearing(ArtifactStore store) => Open(store, FileShare.None, "an artifact store in use by a run", "wait until the run has ended, or stop it");

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static StoreLock Open(ArtifactStore store, FileShare share, string found, string remedy)
    {
        ArgumentNullException.ThrowIfNull(store);
        var held = LockFile.TryHold(Path.Combine(store.Root, ".lock"), FileAccess.Read, share);
        return new StoreLock(held ?? throw new BadInputException(store.Root, found, "a store that is at rest", remedy));
    }
}
