using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>The crate of a real run against the required fields of RO-Crate 1.1, Workflow RO-Crate 1.0, Process Run Crate 0.5 and Workflow Run Crate 0.5.</summary>
public sealed class ExportTests(MockSurvey survey)
{
    [Fact]
    public void A_run_is_exported_as_a_valid_workflow_run_crate()
    {
        using var scratch = new ScratchFolder();
        var crate = Path.Combine(scratch.Path, "crate");

        SurveyProgram.Run("export", survey.Run, "--ro-crate", crate, "--license", "https://spdx.org/licenses/CC-BY-4.0").Expect(0);

        var metadata = JsonNode.Parse(File.ReadAllText(Path.Combine(crate, "ro-crate-metadata.json")))!.AsObject();
        Assert.Empty(RunCrateRules.Problems(metadata, crate));
        var action = RunCrateRules.Entities(metadata).Single(entity => RunCrateRules.IsA(entity, "CreateAction"));
        Assert.Equal(12, RunCrateRules.Links(action, "object").Count(id => id.StartsWith("urn:hash::sha256:", StringComparison.Ordinal)));
        Assert.Contains("samples.parquet", RunCrateRules.Links(action, "result"));
        Assert.Contains("report/index.html", RunCrateRules.Links(action, "result"));
        Assert.Equal("http://schema.org/CompletedActionStatus", RunCrateRules.Links(action, "actionStatus").Single());
        foreach (var file in RunCrateRules.Entities(metadata).Where(entity => RunCrateRules.IsA(entity, "File") && File.Exists(Path.Combine(crate, RunCrateRules.Id(entity)))))
            Assert.Equal(FileHash.Of(Path.Combine(crate, RunCrateRules.Id(file))), file["sha256"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("ro-crate-metadata.json", "conformsTo", "conformsTo RO-Crate")]
    [InlineData("./", "datePublished", "datePublished")]
    [InlineData("./", "mainEntity", "mainEntity")]
    [InlineData("./", "license", "license")]
    [InlineData("./", "hasPart", "hasPart")]
    [InlineData("definition.json", "programmingLanguage", "programmingLanguage")]
    [InlineData("#run", "instrument", "instrument")]
    [InlineData("#run", "mentions", "")]
    [InlineData("#input-Sample", "additionalType", "additionalType")]
    [InlineData("#value-Sample", "exampleOfWork", "exampleOfWork")]
    public void What_is_required_and_missing_is_noticed(string entity, string property, string problem)
    {
        using var scratch = new ScratchFolder();
        var crate = Path.Combine(scratch.Path, "crate");
        SurveyProgram.Run("export", survey.Run, "--ro-crate", crate).Expect(0);
        var metadata = JsonNode.Parse(File.ReadAllText(Path.Combine(crate, "ro-crate-metadata.json")))!.AsObject();

        RunCrateRules.Entities(metadata).Single(found => RunCrateRules.Id(found) == entity).Remove(property);

        if (problem.Length == 0) Assert.Empty(RunCrateRules.Problems(metadata, crate));
        else Assert.Contains(RunCrateRules.Problems(metadata, crate), found => found.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_holds_something_is_left_alone()
    {
        using var scratch = new ScratchFolder();
        File.WriteAllText(Path.Combine(scratch.Path, "mine"), "x");

        Assert.Contains("new or empty", SurveyProgram.Run("export", survey.Run, "--ro-crate", scratch.Path).Expect(2).Errors, StringComparison.Ordinal);
        Assert.Contains("licence", SurveyProgram.Run("export", survey.Run, "--ro-crate", Path.Combine(scratch.Path, "new"), "--license", "free").Expect(2).Errors, StringComparison.Ordinal);
        Assert.Equal(["mine"], Directory.EnumerateFileSystemEntries(scratch.Path).Select(Path.GetFileName));
    }
}
