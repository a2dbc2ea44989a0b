using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Physics;

namespace ClusterSurvey.Activities.Artifacts;

/// <summary>
/// Files of a run's folder that follow from what has a hash. They are kept in the store as one archive, under the hash of all that they are made of and of the program that made them: a run in which nothing of that
/// changed takes them from there. No run needs the archive, for its folder has the files; without it they are made again.
/// </summary>
public static class KeptFiles
{
    private const string Kind = "files";

    // Enough for the time that an archive takes to open not to matter.
    private const int FilesOfAShare = 200;

    // Two programs of different code may write different files; a build of the same code has the same identities.
    private static readonly string program = string.Join(' ', new[] { typeof(KeptFiles), typeof(Cosmology), typeof(Quantiles), typeof(Seed) }.Select(type => type.Module.ModuleVersionId));

    /// <summary>Takes files from the store, or makes and keeps them.</summary>
    /// <param name="store">Where they are kept.</param>
    /// <param name="run">The folder in which they are to be.</param>
    /// <param name="what">What they are: a word that enters the hash.</param>
    /// <param name="ingredients">All that they are made of.</param>
    /// <param name="fresh">True to make them even when they are kept.</param>
    /// <param name="make">Writes them into the folder.</param>
    /// <returns>Their paths, relative to the folder, with '/' between names.</returns>
    public static IReadOnlyList<string> Write(ArtifactStore store, RunFolder run, string what, JsonObject ingredients, bool fresh, Func<IReadOnlyList<string>> make)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(ingredients);
        ArgumentNullException.ThrowIfNull(make);
        var about = new JsonObject { ["files"] = what, ["program"] = program, ["made-of"] = HashOf(SurveyJson.Canonical(ingredients)) };
        var key = HashOf(SurveyJson.Canonical(about));
        if (!fresh && store.Find(key) is { } known) return Take(store.PathOf(known.Outputs[Kind].Deserialize<Artifact>(SurveyJson.Options)!), run);
        var files = make();
        var archive = store.Save(Kind, 1, stream => Pack(stream, run, files));
        store.Record(new StepResult(key, Kind, 1, about, Step.Done, new JsonObject { [Kind] = SurveyJson.ToNode(archive), ["named"] = SurveyJson.ToNode(NamedIn(run, files)) }));
        return files;
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Pack(Stream stream, RunFolder run, IReadOnlyList<string> files)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var file in files)
        {
            var entry = archive.CreateEntry(file, CompressionLevel.Fastest);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var from = File.OpenRead(PathOf(run, file));
            using var to = entry.Open();
            from.CopyTo(to);
        }
    }

    // What the files name must be there too when they are taken from the store.
    private static Artifact[] NamedIn(RunFolder run, IReadOnlyList<string> files) =>
        [.. files.Where(file => file.EndsWith(".json", StringComparison.Ordinal)).SelectMany(file => StepResult.ArtifactsIn(JsonNode.Parse(File.ReadAllText(PathOf(run, file)))))];

    // An archive is read by one thread: each opens it for itself and takes its share.
    private static string[] Take(string path, RunFolder run)
    {
        using var archive = ZipFile.OpenRead(path);
        string[] files = [.. archive.Entries.Select(entry => entry.FullName)];
        ParallelWork.Each([.. files.Chunk(FilesOfAShare)], share => Take(path, run, share));
        return files;
    }

    // They can be taken again: they are not forced to the disk, which takes longer than all the rest.
    private static void Take(string path, RunFolder run, string[] share)
    {
        using var archive = ZipFile.OpenRead(path);
        foreach (var file in share)
        {
            using var content = archive.GetEntry(file)!.Open();
            AtomicFile.Write(PathOf(run, file), content.CopyTo, isDurable: false);
        }
    }

    private static string PathOf(RunFolder run, string file) => run.FileAt(file.Split('/'));
}
