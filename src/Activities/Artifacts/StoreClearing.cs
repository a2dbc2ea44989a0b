namespace ClusterSurvey.Activities.Artifacts;

/// <summary>What was removed from a store, or would be.</summary>
/// <param name="Results">Records of steps.</param>
/// <param name="Files">Artifacts, and leftovers of interrupted or damaged ones.</param>
/// <param name="Bytes">What they took.</param>
/// <param name="BytesLeft">What the store takes afterwards.</param>
public sealed record Cleared(int Results, int Files, long Bytes, long BytesLeft);

/// <summary>
/// Removes from an artifact store what no kept run names: results that are old enough, the oldest first, and the artifacts that no result names any
/// more. What is newer stays, since a later run may still find it.
/// </summary>
public sealed class StoreClearing
{
    private readonly ArtifactStore store;
    private readonly IReadOnlySet<string> keptHashes;
    private readonly DateTime newest;
    private readonly bool remove;
    private readonly Dictionary<string, int> uses = new(StringComparer.Ordinal);
    private int results, files;
    private long bytes;

    private StoreClearing(ArtifactStore store, IReadOnlySet<string> keptHashes, DateTime newest, bool remove)
        => (this.store, this.keptHashes, this.newest, this.remove) = (store, keptHashes, newest, remove);

    /// <param name="store">The store; nobody else may use it meanwhile.</param>
    /// <param name="keptKeys">Keys of results that stay, with all their artifacts.</param>
    /// <param name="keptHashes">Further artifacts that stay.</param>
    /// <param name="newest">What was written after this moment (UTC) stays.</param>
    /// <param name="mostBytes">Stop as soon as the store takes no more than this; null to remove all that may go.</param>
    /// <param name="remove">False to tell only what would be removed.</param>
    /// <param name="cancellation">Cancels between files; what has been removed until then was of no use.</param>
    public static Cleared Run(
        ArtifactStore store, IReadOnlySet<string> keptKeys, IReadOnlySet<string> keptHashes, DateTime newest, long? mostBytes, bool remove, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        var all = Directory.EnumerateFiles(store.Root, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        return new StoreClearing(store, keptHashes, newest, remove).Run(keptKeys, all, mostBytes, cancellation);
    }

    private Cleared Run(IReadOnlySet<string> keptKeys, long all, long? mostBytes, CancellationToken cancellation)
    {
        var records = Files("results").Select(file => (File: file, Hashes: HashesIn(KeyOf(file)))).ToList();
        // What a kept result is put together from stays with it.
        var kept = keptKeys.Concat(keptKeys.SelectMany(key => store.Recorded(key)?.Parts?.Values ?? [])).ToHashSet(StringComparer.Ordinal);
        foreach (var hash in records.SelectMany(record => record.Hashes)) uses[hash] = uses.GetValueOrDefault(hash) + 1;
        string[] leftovers = ["incoming", ArtifactStore.Trainings, Simulations.StepParts.Place, "damaged"];
        var loose = leftovers.SelectMany(Files).Concat(Files("objects").Where(file => !IsUsed(file.Name))).Where(IsOld);
        var old = records.Where(record => IsOld(record.File) && !kept.Contains(KeyOf(record.File)));
        foreach (var file in loose.OrderBy(file => file.LastWriteTimeUtc).ToList()) if (Goes()) Remove(file);
        foreach (var (file, hashes) in old.OrderBy(record => record.File.LastWriteTimeUtc).ToList()) if (Goes()) Remove(file, hashes);
        return new Cleared(results, files, bytes, all - bytes);

        bool Goes()
        {
            cancellation.ThrowIfCancellationRequested();
            return mostBytes is not { } most || all - bytes > most;
        }
    }

    private void Remove(FileInfo record, IReadOnlyList<string> hashes)
    {
        results++;
        Delete(record);
        foreach (var hash in hashes)
        {
            uses[hash]--;
            var file = new FileInfo(store.PathOf(hash));
            if (!IsUsed(hash) && file.Exists && IsOld(file)) Remove(file);
        }
    }

    private void Remove(FileInfo file)
    {
        files++;
        Delete(file);
    }

    private void Delete(FileInfo file)
    {
        bytes += file.Length;
        if (remove) file.Delete();
    }

    private bool IsUsed(string hash) => keptHashes.Contains(hash) || uses.GetValueOrDefault(hash) > 0;

    private bool IsOld(FileInfo file) => file.LastWriteTimeUtc < newest;

    private IEnumerable<FileInfo> Files(string folder)
    {
        var path = new DirectoryInfo(Path.Combine(store.Root, folder));
        return path.Exists ? path.EnumerateFiles("*", SearchOption.AllDirectories) : [];
    }

    private static string KeyOf(FileInfo record) => Path.GetFileNameWithoutExtension(record.Name);

    // A record that cannot be read names nothing; the step would run again.
    private string[] HashesIn(string key) => [.. ((key.Length > 2 ? store.Recorded(key) : null)?.Artifacts ?? []).Select(artifact => artifact.Sha256)];
}
