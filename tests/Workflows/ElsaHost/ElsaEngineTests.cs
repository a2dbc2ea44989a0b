using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Foundation;
using ClusterSurvey.Support;
using ClusterSurvey.Workflows.ElsaHost;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Tests.Engine;

namespace ClusterSurvey.Workflows.Tests.ElsaHost;

/// <summary>Elsa's own engine with our steps, where its packages are (-p:WithElsa=true): it must end as the recorded server did, and make the artifacts of the embedded engine.</summary>
public sealed class ElsaEngineTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clustersurvey-elsa-");

    [Theory]
    [MemberData(nameof(ConformanceTests.Definitions), MemberType = typeof(ConformanceTests))]
    public async Task Definition_ends_as_recorded(string id)
    {
        var expected = JsonNode.Parse(File.ReadAllText(SharedData.Path("elsa", "conformance", "expected.json")))![id]!;
        var definition = WorkflowDocument.Load(SharedData.Path("elsa", "conformance", $"{id}.json"));
        var given = expected["input"]!.AsObject().ToDictionary(input => input.Key, input => input.Value?.DeepClone());

        var outcome = await Engine(new ArtifactStore(Path.Combine(folder.FullName, "store"))).RunAsync(new DefinitionLibrary([definition]), definition, given, TestContext.Current.CancellationToken);

        Assert.Equal(expected["subStatus"]!.GetValue<string>(), outcome.SubStatus);
        Assert.Equal(expected["output"]!.AsObject().Select(output => output.Key).Order(), outcome.Outputs.Keys.Order());
        var ids = definition.Activities.Select(activity => activity.Id).ToHashSet();
        Assert.Equal(expected["completed"]!.AsObject().ToDictionary(count => count.Key, count => count.Value!.GetValue<int>()).OrderBy(count => count.Key), outcome.Completions.Where(count => ids.Contains(count.Key)).OrderBy(count => count.Key));
    }

    [Fact]
    public async Task Artifacts_are_those_of_the_embedded_engine()
    {
        var definition = Draw.Definition("same", ParallelForEachTests.Loop("[1, 2, 3]", ParallelForEachTests.WorkOn("w", "'elsa-same-' + getCurrentValue()")));
        using var bench = new TestBench(definition);
        bench.Run(definition, cancellation: TestContext.Current.CancellationToken);

        var outcome = await Engine(bench.Store).RunAsync(new DefinitionLibrary([definition]), definition, new Dictionary<string, JsonNode?>(), TestContext.Current.CancellationToken);

        Assert.Equal(("Finished", 3), (outcome.SubStatus, outcome.Completions["w"]));
        // Every key was known: nothing was computed a second time.
        Assert.All(Enumerable.Range(1, 3), pass => Assert.Equal(1, Work.Runs($"elsa-same-{pass}")));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private ElsaEngine Engine(ArtifactStore store) => new(new ElsaRun(TestBench.Catalog, store, new RunFolder(Path.Combine(folder.FullName, "run")), new Seed(7), new FileFence()));
}
