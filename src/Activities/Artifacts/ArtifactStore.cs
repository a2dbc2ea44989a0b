using System.Security.Cryptography;
using System.Text.Json;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Artifacts;

/// <summary>
/// Content under its hash, and the results of steps under their keys. Content is written once, whole or not at all;
/// what no longer matches its hash is set aside and counts as absent. Safe for use by several threads and processes.
/// </summary>
public sealed class ArtifactStore
{
    /// <summary>The folder below the root in which interrupted trainings wait to be gone on with.</summary>
    public const string Trainings = "training";

    private readonly string root;
    private readonly ArtifactStore? behind;

    /// <param name="root">The store's folder; made when it is not there.</param>
    /// <param name="behind">Another store, in which is looked for what this one does not hold; nothing is written to it.</param>
    public ArtifactStore(string root, ArtifactStore? behind = null)
    {
        this.behind = behind;
        this.root = Path.GetFullPath(root);
        Directory.CreateDirectory(this.root);
    }

    /// <summary>The store's folder.</summary>
    public string Root => root;

    /// <summary>Stores content.</summary>
    /// <param name="kind">What kind of thing it is.</param>
    /// <param name="schema">The version of its layout.</param>
    /// <param name="write">Writes the content.</param>
    public Artifact Save(string kind, int schema, Action<Stream> write) => SaveFile(kind, schema, path =>
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        write(stream);
        stream.Flush(flushToDisk: true);
    });

    /// <summary>Stores content that is written to a path.</summary>
    /// <inheritdoc cref="Save"/>
    public Artifact SaveFile(string kind, int schema, Action<string> write)
    {
        var waiting = Path.Combine(root, "incoming");
        Directory.CreateDirectory(waiting);
        var temporary = Path.Combine(waiting, kind + TemporaryName.Ending);
        try
        {
            write(temporary);
            var hash = FileHash.Of(temporary);
            var path = Own(hash);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(temporary, path, overwrite: true);
            return new Artifact(kind, hash, schema);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Opens content for reading. Its hash was checked when the result that names it was found.</summary>
    /// <exception cref="FileNotFoundException">The store does not hold it.</exception>
    public Stream Open(Artifact artifact)
    {
        var path = PathOf(artifact.Sha256);
        if (!File.Exists(path))
            throw new FileNotFoundException($"{artifact} is not in the artifact store {root}: run again, the step that makes it will", path);
        return File.OpenRead(path);
    }

    /// <summary>Bytes of the content; 0 when it is not there.</summary>
    public long SizeOf(Artifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        var file = new FileInfo(PathOf(artifact.Sha256));
        return file.Exists ? file.Length : 0;
    }

    /// <summary>The file of an artifact, for readers that need a path.</summary>
    public string PathOf(Artifact artifact) => PathOf(artifact.Sha256);

    /// <summary>True when the content is there and still has its hash; content that has not is set aside.</summary>
    public bool Holds(Artifact artifact)
    {
        var path = Own(artifact.Sha256);
        if (!File.Exists(path)) return behind?.Holds(artifact) ?? false;
        if (FileHash.Of(path) == artifact.Sha256) return true;
        var aside = Path.Combine(root, "damaged", Path.GetFileName(path));
        Directory.CreateDirectory(Path.GetDirectoryName(aside)!);
        File.Move(path, aside, overwrite: true);
        return false;
    }

    /// <summary>The result recorded under a key, when it is there and all its artifacts are whole.</summary>
    public StepResult? Find(string key) => Recorded(key) is { } result && result.Artifacts.All(Holds) ? result : null;

    /// <summary>The record under a key, whether or not its artifacts are still there and whole.</summary>
    public StepResult? Recorded(string key)
    {
        var path = KeyPath(key);
        if (!File.Exists(path)) return behind?.Recorded(key);
        try
        {
            return JsonSerializer.Deserialize<StepResult>(File.ReadAllBytes(path), SurveyJson.Options);
        }
        catch (JsonException)
        {
            // A record that cannot be read is no record: the step runs again and writes it anew.
            return null;
        }
    }

    /// <summary>Records the result of a step under its key.</summary>
    public void Record(StepResult result) => AtomicFile.WriteText(KeyPath(result.Key), JsonSerializer.Serialize(result, SurveyJson.Indented));

    /// <summary>The file of the content that has a hash.</summary>
    /// <exception cref="BadInputException">It is no SHA-256 in lower-case hex: a handle that somebody has made up.</exception>
    internal string PathOf(string hash) => behind is not null && !File.Exists(Own(hash)) ? behind.PathOf(hash) : Own(hash);

    private string Own(string hash) => hash is { Length: 64 } && hash.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(root, "objects", hash[..2], hash)
        : throw new BadInputException($"artifact '{hash}'", "no hash", "64 hexadecimal digits", "pass on the output of a step");

    private string KeyPath(string key) => Path.Combine(root, "results", key[..2], $"{key}.json");
}

/// <summary>The SHA-256 of files, in lower-case hex.</summary>
public static class FileHash
{
    public static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
