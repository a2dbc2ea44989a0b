using System.Text;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Tests.Artifacts;

[Step("Test", "Spell words", "Stores each word, and counts how often it did.")]
public sealed class SpellWords : PartwiseStep
{
    private static readonly List<string> spelt = [];

    public static string Forbidden { get; set; } = "";

    [Input("The words by name.", ByPart = true)] public required IReadOnlyDictionary<string, string> Words { get; init; }

    [Input("What stands before every word.")] public string Start { get; init; } = "";

    [Output("The words.", ByPart = true)] public IReadOnlyDictionary<string, Artifact>? Texts { get; private set; }

    public static string[] Spelt()
    {
        string[] names = [.. spelt];
        spelt.Clear();
        return names;
    }

    public override IReadOnlyList<StepPart> Parts(ArtifactStore store) => [.. Words.Select(word => new StepPart(word.Key, new JsonObject { ["Word"] = word.Value }))];

    public override string Run(StepContext context)
    {
        context.Parts.ComputeMissing(part =>
        {
            if (Words[part] == Forbidden) throw new InvalidOperationException($"nobody says {Forbidden}");
            spelt.Add(part);
            context.Parts.Keep(part, (nameof(Texts), context.Store.Save("text", 1, stream => stream.Write(Encoding.UTF8.GetBytes(Start + Words[part])))));
        });
        Texts = context.Parts.All<Artifact>(nameof(Texts));
        return Done;
    }
}

public sealed class PartResultsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clustersurvey").FullName;
    private readonly StepDescriptor step = StepDescriptor.Of(typeof(SpellWords));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Only_parts_that_changed_are_computed()
    {
        Run(("a", "one"), ("b", "two"));
        Assert.Equal(["a", "b"], SpellWords.Spelt());
        var changed = Run(("a", "one"), ("b", "three"), ("c", "four"));
        Assert.Equal(["b", "c"], SpellWords.Spelt());
        Assert.Equal(["a", "b", "c"], changed.Outputs["Texts"]!.AsObject().Select(text => text.Key));
        Assert.Equal("three", Text(changed, "b"));
        var fewer = Run(("a", "one"), ("b", "two"));
        Assert.Empty(SpellWords.Spelt());
        Assert.Equal("two", Text(fewer, "b"));
        Run(fresh: true, ("a", "one"));
        Assert.Equal(["a"], SpellWords.Spelt());
    }

    [Fact]
    public void What_all_parts_share_concerns_all_parts()
    {
        Run(("a", "one"), ("b", "two"));
        SpellWords.Spelt();
        StepRunner.Run(step, new Dictionary<string, JsonNode?> { ["Words"] = Words([("a", "one"), ("b", "two")]), ["Start"] = "the " }, Context);
        Assert.Equal(["a", "b"], SpellWords.Spelt());
    }

    [Fact]
    public void A_damaged_part_is_computed_again_and_the_others_are_not()
    {
        var first = Run(("a", "one"), ("b", "two"));
        SpellWords.Spelt();
        File.WriteAllText(Store.PathOf(first.Artifacts.First()), "damaged");
        var second = Run(("a", "one"), ("b", "two"));
        Assert.Equal(["a"], SpellWords.Spelt());
        Assert.Equal(first.Outputs.ToJsonString(), second.Outputs.ToJsonString());
    }

    [Fact]
    public void What_was_done_before_a_failure_is_kept_and_the_failure_names_its_part()
    {
        SpellWords.Forbidden = "bad";
        var failure = Assert.Throws<InvalidOperationException>(() => Run(("a", "one"), ("b", "bad")));
        Assert.Equal("b", FailedPart.Of(failure));
        Assert.Null(FailedPart.Of(new InvalidOperationException()));
        Assert.Equal(["a"], SpellWords.Spelt());
        SpellWords.Forbidden = "";
        Run(("a", "one"), ("b", "bad"));
        Assert.Equal(["b"], SpellWords.Spelt());
    }

    [Fact]
    public void Parts_of_a_kept_result_are_not_cleared()
    {
        var kept = Run(("a", "one"));
        Run(("b", "two"));
        SpellWords.Spelt();
        var cleared = StoreClearing.Run(Store, new HashSet<string> { kept.Key }, new HashSet<string>(), DateTime.MaxValue, null, true, TestContext.Current.CancellationToken);
        Assert.Equal((2, 1), (cleared.Results, cleared.Files));
        Run(("a", "one"), ("b", "two"));
        Assert.Equal(["b"], SpellWords.Spelt());
    }

    [Fact]
    public void A_store_in_front_of_another_leaves_that_one_alone()
    {
        var behind = Run(("a", "one"));
        var front = new ArtifactStore(Path.Combine(folder, "front"), Store);
        var files = Directory.GetFiles(Store.Root, "*", SearchOption.AllDirectories).Length;
        var inputs = new Dictionary<string, JsonNode?> { ["Words"] = Words([("a", "one"), ("b", "two")]) };
        SpellWords.Spelt();
        var result = StepRunner.Run(step, inputs, Context with { Store = front });
        Assert.Equal(["b"], SpellWords.Spelt());
        Assert.Equal(behind.Key, front.Find(behind.Key)!.Key);
        Assert.True(result.Artifacts.All(front.Holds));
        Assert.Equal(files, Directory.GetFiles(Store.Root, "*", SearchOption.AllDirectories).Length);
        Assert.Null(Store.Find(result.Key));
    }

    private ArtifactStore Store => new(Path.Combine(folder, "store"));

    private StepContext Context => new() { Store = Store, Seed = new Seed(1), Run = new RunFolder(Path.Combine(folder, "run")) };

    private string Text(StepResult result, string part)
    {
        using var reader = new StreamReader(Store.Open(StepResult.ArtifactsIn(result.Outputs["Texts"]![part]).Single()));
        return reader.ReadToEnd();
    }

    private static JsonObject Words((string Name, string Word)[] words) => new JsonObject(words.Select(word => KeyValuePair.Create(word.Name, (JsonNode?)word.Word)));

    private StepResult Run(params (string Name, string Word)[] words) => Run(fresh: false, words);

    private StepResult Run(bool fresh, params (string Name, string Word)[] words)
        => StepRunner.Run(step, new Dictionary<string, JsonNode?> { ["Words"] = Words(words) }, Context, _ => fresh);
}
