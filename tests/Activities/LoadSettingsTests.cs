using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Support;

namespace ClusterSurvey.Activities;

public sealed class LoadSettingsTests : IDisposable
{
    private static readonly string data = Path.Combine(SharedData.RepositoryRoot, "data");

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_of_exclusions_is_read_in_its_place()
    {
        var file = folder.Write("out.csv", "reason,name\n\"few counts, a merger\",A85\ndouble,A644\n");
        var settings = Load($$"""[{"name":"A1","reason":"first"},{"file":"{{file}}"},{"where":"redshift > 1","reason":"far"}]""");
        Assert.Equal("""[{"name":"A1","reason":"first"},{"name":"A85","reason":"few counts, a merger"},{"name":"A644","reason":"double"},{"where":"redshift > 1","reason":"far"}]""",
            settings["exclude"]!.ToJsonString(SurveyJson.Options));
    }

    [Fact]
    public void Exclusions_that_come_with_the_program_are_read() =>
        Assert.Contains(Load($$"""[{"file":"{{Path.Combine(data, "samples", "chexmate-exclusions.csv")}}"}]""")["exclude"]!.AsArray(), entry => entry!["name"]!.GetValue<string>() == "PSZ2G028.63+50.15");

    [Theory]
    [InlineData("name\nA85\n", "a header with name and reason")]
    [InlineData("name,reason\nA85,merger\nA644,\n", "out.csv:3")]
    [InlineData("name,reason\nA85\n", "out.csv:2")]
    public void A_file_without_names_and_reasons_is_refused(string text, string says)
    {
        var file = folder.Write("out.csv", text);
        Assert.Contains(says, Refused.Message(() => Load($$"""[{"file":"{{file}}"}]""")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_outside_of_what_the_run_may_read_is_refused_however_it_is_named()
    {
        using var elsewhere = new ScratchFolder();
        var secret = elsewhere.Write("secret.csv", "name,reason\nA85,none\n");
        var link = File.CreateSymbolicLink(folder["link.csv"], secret).FullName;
        foreach (var path in (string[])[secret, link, Path.Combine(folder.Path, "..", Path.GetFileName(elsewhere.Path), "secret.csv")])
            Assert.Contains($"Survey.LoadSettings.exclude: found '{path}'", Refused.Message(() => Load($$"""[{"file":"{{path}}"}]""")), StringComparison.Ordinal);
    }

    private JsonObject Load(string exclude)
    {
        var step = new LoadSettings
        {
            Survey = Path.Combine(data, "surveys", "default.json"),
            Overrides = new JsonObject { ["exclude"] = JsonNode.Parse(exclude), ["prior"] = Path.Combine(data, "priors", "survey.json") },
        };
        step.Run(new StepContext
        {
            Store = new ArtifactStore(folder["store"]), Seed = new Seed(1), Run = new RunFolder(folder["run"]), Files = new FileFence(folder.Path, data),
        });
        return step.Settings!;
    }
}
