using System.Text;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Tests.Artifacts;

public sealed class StoreClearingTests : IDisposable
{
    private static readonly DateTime Now = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private readonly string folder = Directory.CreateTempSubdirectory("clustersurvey").FullName;
    private readonly ArtifactStore store;

    public StoreClearingTests() => store = new ArtifactStore(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_a_kept_run_names_stays_and_the_rest_goes()
    {
        var kept = Result("a", "kept");
        Result("b", "gone");
        var cleared = Clear(keys: ["a" + Rest]);
        Assert.Equal((1, 1), (cleared.Results, cleared.Files));
        Assert.Equal(4 + RecordBytes("gone"), cleared.Bytes);
        Assert.NotNull(store.Find("a" + Rest));
        Assert.True(store.Holds(kept));
        Assert.Null(store.Find("b" + Rest));
        Assert.Equal(["kept"], Contents());
        Assert.Equal(cleared.BytesLeft, Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length));
    }

    [Fact]
    public void An_artifact_of_two_results_goes_with_the_last()
    {
        Result("a", "shared");
        Result("b", "shared");
        Clear(keys: ["a" + Rest]);
        Assert.Equal(["shared"], Contents());
        Clear(keys: []);
        Assert.Empty(Contents());
    }

    [Fact]
    public void An_artifact_that_a_run_folder_names_stays_without_a_result()
    {
        var table = Old(store.Save("sample-table", 1, stream => stream.Write("rows"u8)));
        Old(store.Save("sample-table", 1, stream => stream.Write("other rows"u8)));
        Clear(hashes: [table.Sha256]);
        Assert.Equal(["rows"], Contents());
    }

    [Fact]
    public void What_is_new_stays()
    {
        Result("a", "new", ageDays: 1);
        Assert.Equal(0, Clear().Bytes);
        Assert.Equal(["new"], Contents());
    }

    [Fact]
    public void The_oldest_go_first_and_no_more_than_asked_for()
    {
        Result("a", "older", ageDays: 30);
        Result("b", "newer", ageDays: 20);
        var all = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        Clear(mostBytes: all - 1);
        Assert.Equal(["newer"], Contents());
    }

    [Theory]
    [InlineData("training")]
    [InlineData("simulating/key")]
    [InlineData("incoming")]
    public void What_interrupted_steps_left_goes_when_it_is_old(string place)
    {
        var left = Path.Combine(folder, place, "part");
        Directory.CreateDirectory(Path.GetDirectoryName(left)!);
        File.WriteAllText(left, "part");
        Assert.Equal(0, Clear().Files);
        File.SetLastWriteTimeUtc(left, Now.AddDays(-10));
        Assert.Equal(1, Clear().Files);
        Assert.False(File.Exists(left));
    }

    [Fact]
    public void A_dry_run_tells_the_same_and_removes_nothing()
    {
        Result("a", "gone");
        var told = Clear(remove: false);
        Assert.Equal(["gone"], Contents());
        Assert.Equal(told, Clear());
    }

    [Fact]
    public void A_store_in_use_is_not_cleared_and_a_store_being_cleared_is_not_used()
    {
        using (StoreLock.ForUse(store))
        {
            StoreLock.ForUse(store).Dispose();
            Assert.Throws<BadInputException>(() => StoreLock.ForClearing(store));
        }
        using var alone = StoreLock.ForClearing(store);
        Assert.Throws<BadInputException>(() => StoreLock.ForUse(store));
    }

    private static string Rest => new('0', 63);

    private Cleared Clear(string[]? keys = null, string[]? hashes = null, long? mostBytes = null, bool remove = true)
        => StoreClearing.Run(store, (keys ?? []).ToHashSet(), (hashes ?? []).ToHashSet(), Now.AddDays(-7), mostBytes, remove, TestContext.Current.CancellationToken);

    private Artifact Result(string key, string text, double ageDays = 10)
    {
        var artifact = Old(store.Save("text", 1, stream => stream.Write(Encoding.UTF8.GetBytes(text))), ageDays);
        store.Record(new StepResult(key + Rest, "Survey.Test", 1, [], "Done", new JsonObject { ["Text"] = SurveyJson.ToNode(artifact) }));
        File.SetLastWriteTimeUtc(RecordOf(key), Now.AddDays(-ageDays));
        return artifact;
    }

    private Artifact Old(Artifact artifact, double ageDays = 10)
    {
        File.SetLastWriteTimeUtc(store.PathOf(artifact), Now.AddDays(-ageDays));
        return artifact;
    }

    private string RecordOf(string key) => Path.Combine(folder, "results", $"{key}0", $"{key}{Rest}.json");

    // Records of texts of equal length have equal length.
    private long RecordBytes(string text)
    {
        Result("c", text[..^1] + "x");
        var length = new FileInfo(RecordOf("c")).Length;
        StoreClearing.Run(store, new HashSet<string> { "a" + Rest }, new HashSet<string>(), Now.AddDays(-7), null, true, TestContext.Current.CancellationToken);
        return length;
    }

    private string[] Contents() => [.. Directory.EnumerateFiles(Path.Combine(folder, "objects"), "*", SearchOption.AllDirectories).Select(File.ReadAllText).Order()];
}
