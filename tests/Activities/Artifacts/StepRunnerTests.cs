using System.Text;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Tests.Artifacts;

[Step("Test", "Count letters", "Writes as many letters as asked, and counts its own runs.", Version = 3, Random = true)]
public sealed class CountLetters : Step
{
    private static int runs;

    public static int Runs => runs;

    [Input("How many.", Min = 0, Max = 100)] public required int Letters { get; init; }

    [Input("Which.", Choices = ["a", "b"])] public string Letter { get; init; } = "a";

    [Input("A file whose content matters.")] public InputFile? Source { get; init; }

    [Input("Has no influence.", InKey = false)] public int Threads { get; init; } = 1;

    [Output("The letters.")] public Artifact? Text { get; private set; }

    public override string Run(StepContext context)
    {
        Interlocked.Increment(ref runs);
        Text = context.Store.Save("text", 1, stream => stream.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Letter, Letters)) + context.Seed)));
        return Done;
    }
}

public sealed class StepRunnerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clustersurvey").FullName;
    private readonly StepDescriptor step = StepDescriptor.Of(typeof(CountLetters));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_same_inputs_are_computed_once()
    {
        var before = CountLetters.Runs;
        var first = Run(("Letters", "7"));
        var second = Run(("Letters", "7"), ("Threads", "2"));
        Assert.Equal(1, CountLetters.Runs - before);
        Assert.False(first.FromCache);
        Assert.True(second.FromCache);
        Assert.Equal(first.Outputs.ToJsonString(), second.Outputs.ToJsonString());
    }

    [Fact]
    public void Another_option_or_seed_has_another_key()
    {
        var keys = new HashSet<string> { Run(("Letters", "7")).Key, Run(("Letters", "8")).Key, Run(("Letters", "7"), ("Letter", "b")).Key, Run(2, ("Letters", "7")).Key };
        Assert.Equal(4, keys.Count);
    }

    [Fact]
    public void The_key_holds_the_content_of_a_file_and_not_its_path()
    {
        File.WriteAllText(Path.Combine(folder, "one"), "same");
        File.WriteAllText(Path.Combine(folder, "two"), "same");
        File.WriteAllText(Path.Combine(folder, "three"), "other");
        var key = (string name) => Run(("Letters", "1"), ("Source", new JsonObject { ["path"] = Path.Combine(folder, name) })).Key;
        Assert.Equal(key("one"), key("two"));
        Assert.NotEqual(key("one"), key("three"));
    }

    [Fact]
    public void Content_that_was_damaged_is_set_aside_and_made_again()
    {
        var first = Run(("Letters", "5"));
        var file = Store.PathOf(first.Artifacts.Single());
        File.WriteAllText(file, "damaged");
        var second = Run(("Letters", "5"));
        Assert.False(second.FromCache);
        Assert.Equal(first.Outputs.ToJsonString(), second.Outputs.ToJsonString());
        Assert.True(File.Exists(Path.Combine(folder, "store", "damaged", Path.GetFileName(file))));
    }

    [Fact]
    public void Every_wrong_input_is_named_at_once()
    {
        var error = Assert.Throws<BadInputException>(() => Run(("Letters", "101"), ("Letter", "c"), ("Lettres", "3")));
        Assert.Equal(3, error.Problems.Count);
        Assert.Contains(error.Problems, problem => problem.Where == "Survey.CountLetters.Letters" && problem.Expected == "a value in [0, 100]");
    }

    [Theory]
    [InlineData("3", true)]
    [InlineData("3.0", false)]
    [InlineData("3,0", false)]
    [InlineData("three", false)]
    [InlineData("", false)]
    public void Literals_are_text_in_the_invariant_culture(string text, bool good)
        => Assert.Equal(good, InputBinding.TryConvert(step, step.Inputs.Single(input => input.Name == "Letters"), text, out _) is null);

    [Fact]
    public void A_whole_number_from_an_expression_may_be_written_with_a_point()
        => Assert.Null(InputBinding.TryConvert(step, step.Inputs.Single(input => input.Name == "Letters"), JsonNode.Parse("3.0"), out _));

    [Fact]
    public void Nothing_is_left_behind_when_writing_fails()
    {
        Assert.Throws<InvalidOperationException>(() => Store.Save("text", 1, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "store"), "*", SearchOption.AllDirectories));
    }

    private ArtifactStore Store => new(Path.Combine(folder, "store"));

    private StepResult Run(params (string Name, JsonNode? Value)[] inputs) => Run(1, inputs);

    private StepResult Run(ulong seed, params (string Name, JsonNode? Value)[] inputs)
        => StepRunner.Run(step, inputs.ToDictionary(input => input.Name, input => input.Value), new StepContext { Store = Store, Seed = new Seed(seed), Run = new RunFolder(Path.Combine(folder, "run")), Files = new FileFence(folder) });
}
