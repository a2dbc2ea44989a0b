using System.Globalization;
using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Tests.Rest;

/// <summary>Lists and instances cost what they show, and not what the ledger holds.</summary>
public sealed class ManyInstancesTests
{
    [Fact]
    public async Task A_page_of_the_list_reads_its_own_rows_however_many_instances_there_are()
    {
        await using var host = await StudioHost.Start(Loop(1));
        using var reads = new LedgerReads(host.Bench.LedgerPath);
        Task<JsonNode> List() => host.Json("POST", "/workflow-instances", new JsonObject { ["page"] = 0, ["pageSize"] = 10 });
        for (var i = 0; i < 10; i++) Run(host, 1);
        var few = await reads.Of(List);
        for (var i = 0; i < 90; i++) Run(host, 1);
        Assert.Equal(100, (await List())["totalCount"]!.GetValue<int>());
        // The rows of the page, and how many there are in all; each query asks once more than it has rows.
        Assert.Equal((2, 10 + 1 + 2), few);
        Assert.Equal(few, await reads.Of(List));
    }

    [Fact]
    public async Task To_open_an_instance_is_the_same_work_whether_it_looped_over_one_cluster_or_over_118()
    {
        await using var host = await StudioHost.Start();
        var (small, large) = (Run(host, 1), Run(host, 118));
        using var reads = new LedgerReads(host.Bench.LedgerPath);
        foreach (var path in (string[])["", "/execution-state", "/variables"])
        {
            var work = await reads.Of(() => host.Json("GET", $"/workflow-instances/{small}{path}"));
            Assert.NotEqual(0, work.Queries);
            Assert.Equal(work, await reads.Of(() => host.Json("GET", $"/workflow-instances/{large}{path}")));
        }
    }

    [Fact]
    public async Task The_journal_of_118_clusters_is_read_page_by_page()
    {
        await using var host = await StudioHost.Start();
        var id = Run(host, 118);
        using var reads = new LedgerReads(host.Bench.LedgerPath);
        JsonNode? page = null;
        var work = await reads.Of(async () => page = await host.Json("POST", $"/workflow-instances/{id}/journal?skip=0&take=110", new JsonObject { ["filter"] = new JsonObject() }));
        Assert.Equal(110, page!["items"]!.AsArray().Count);
        // Every pass begins, says its word and ends.
        Assert.True(page["totalCount"]!.GetValue<int>() > 3 * 118);
        Assert.Equal((2, 110 + 1 + 2), work);
    }

    private static string Run(StudioHost host, int clusters) => host.Bench.Run(Loop(clusters), []).InstanceId;

    private static WorkflowDocument Loop(int clusters) => WorkflowDocument.Parse($$"""
        {
          "id": "loop-v{{clusters.ToString(CultureInfo.InvariantCulture)}}", "definitionId": "loop", "name": "Loop", "version": 1,
          "root": {
            "id": "each", "type": "Elsa.ParallelForEach", "version": 1,
            "items": { "typeName": "Object", "expression": { "type": "JavaScript", "value": "Array.from({ length: {{clusters.ToString(CultureInfo.InvariantCulture)}} }, (_, i) => 'C' + i)" } },
            "body": { "id": "say", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "hello" } } }
          }
        }
        """, "test");
}
