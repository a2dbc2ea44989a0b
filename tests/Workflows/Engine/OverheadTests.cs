using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Engine;

namespace ClusterSurvey.Workflows.Tests.Engine;

/// <summary>Measures the memory of the process, so nothing else may run beside it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

[Collection(Alone.Name)]
public sealed class OverheadTests
{
    private const int Passes = 10_000;

    // Measured: 284, see docs/performance.md; what grows with the number of passes, or copies them all for each, is far above.
    private const double MostKilobytesEach = 500;

    [Fact]
    public void Ten_thousand_passes_need_no_growing_memory()
    {
        var items = new JsonArray([.. Enumerable.Range(0, Passes).Select(index => (JsonNode)new JsonObject { ["name"] = $"cluster {index}", ["redshift"] = 0.1 })]);
        var body = Draw.Sequence("body", Draw.Assign("set", "Own", Draw.Script("getCurrentValue().redshift * 2")), Draw.Activity("load", "Survey.LoadCluster", ("cluster", Draw.Script("getCurrentValue().name"))));
        body["variables"] = new JsonArray(Draw.Variable("Own", "Double", "0"));
        var definition = Draw.Definition("many", ParallelForEachTests.Loop(items.ToJsonString(), body));
        using var bench = new TestBench(definition);
        var memory = new MemoryWatch();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);

        var outcome = bench.Engine.Run(
            new RunRequest { Definition = definition, Seed = new Seed(1), RunFolder = new RunFolder(Path.Combine(Path.GetDirectoryName(bench.LedgerPath)!, "run")), Parallelism = new Parallelism(2, 1) },
            memory,
            TestContext.Current.CancellationToken);

        var kilobytesEach = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1024.0 / Passes;
        TestContext.Current.TestOutputHelper?.WriteLine($"{kilobytesEach:F0} kB allocated for each pass; live memory {memory.EarlyMegabytes:F0} MB after a tenth, {memory.LateMegabytes:F0} MB after all");
        Assert.Equal(Passes, bench.Ledger.Completions(outcome.InstanceId)["load"]);
        Assert.True(kilobytesEach < MostKilobytesEach, $"{kilobytesEach} kB are allocated for each pass");
        Assert.True(memory.LateMegabytes < memory.EarlyMegabytes + 32, $"live memory grows from {memory.EarlyMegabytes} MB to {memory.LateMegabytes} MB");
    }

    private sealed class MemoryWatch : IProgress<RunEvent>
    {
        private int ended;

        public double EarlyMegabytes { get; private set; }

        public double LateMegabytes { get; private set; }

        public void Report(RunEvent value)
        {
            if (value is not PassEnded) return;
            var passes = Interlocked.Increment(ref ended);
            if (passes == Passes / 10) EarlyMegabytes = Live();
            if (passes == Passes) LateMegabytes = Live();
        }

        private static double Live() => GC.GetTotalMemory(forceFullCollection: true) / 1048576.0;
    }
}
