using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Files;

namespace ClusterSurvey.Activities.Tests.Artifacts;

public sealed class KeptFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clustersurvey").FullName;
    private readonly ArtifactStore store;
    private int made;

    public KeptFilesTests() => store = new ArtifactStore(Path.Combine(folder, "store"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Files_of_the_same_things_are_made_once_and_are_the_same_in_every_run()
    {
        Assert.Equal(["a.txt", "sub/b.json"], Write("one", 1));
        Assert.Equal(["a.txt", "sub/b.json"], Write("two", 1));
        Assert.Equal(1, made);
        foreach (var file in (string[])["a.txt", "sub/b.json"]) Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "one", file)), File.ReadAllBytes(Path.Combine(folder, "two", file)));
        Write("three", 2);
        Write("four", 1, fresh: true);
        Assert.Equal(3, made);
    }

    [Fact]
    public void What_is_damaged_or_names_what_is_gone_is_made_again()
    {
        Write("one", 1);
        var archive = Directory.EnumerateFiles(Path.Combine(folder, "store", "objects"), "*", SearchOption.AllDirectories).MaxBy(file => new FileInfo(file).Length)!;
        using (var file = File.OpenWrite(archive)) file.WriteByte(0);
        Write("two", 1);
        Assert.Equal(2, made);
        File.Delete(store.PathOf(Named()));
        Assert.Equal(2, made);
        Write("three", 1);
        Assert.Equal(3, made);
    }

    [Fact]
    public void Many_files_are_taken_whole_and_in_their_order()
    {
        string[] names = [.. Enumerable.Range(0, 999).Select(i => FormattableString.Invariant($"sub{i % 7}/{i}.txt"))];
        string[] Kept(string name) => [.. KeptFiles.Write(store, new RunFolder(Path.Combine(folder, name)), "many", [], fresh: false, () =>
        {
            made++;
            foreach (var file in names) AtomicFile.WriteText(Path.Combine(folder, name, file), string.Concat(Enumerable.Repeat(file, 50)));
            return names;
        })];
        Assert.Equal(names, Kept("one"));
        Assert.Equal(names, Kept("two"));
        Assert.Equal(1, made);
        foreach (var file in names) Assert.Equal(string.Concat(Enumerable.Repeat(file, 50)), File.ReadAllText(Path.Combine(folder, "two", file)));
    }

    private IReadOnlyList<string> Write(string name, int value, bool fresh = false)
    {
        var run = new RunFolder(Path.Combine(folder, name));
        return KeptFiles.Write(store, run, "test", new JsonObject { ["value"] = value }, fresh, () =>
        {
            made++;
            AtomicFile.WriteText(run.FileAt("a.txt"), string.Concat(Enumerable.Repeat($"the value is {value}, it is {value}\n", 100)));
            AtomicFile.WriteText(run.FileAt("sub", "b.json"), new JsonArray(SurveyJson.ToNode(Named())).ToJsonString());
            return ["a.txt", "sub/b.json"];
        });
    }

    private Artifact Named() => store.Save("text", 1, stream => stream.Write("x"u8));
}
