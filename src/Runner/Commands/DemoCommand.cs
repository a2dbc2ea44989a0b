using System.CommandLine;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Mocks;
using ClusterSurvey.Activities.Samples;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Simulation;
using ClusterSurvey.Runner.Observability;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows;

namespace ClusterSurvey.Runner.Commands;

/// <summary>demo: the main job on what is in the box.</summary>
internal static class DemoCommand
{
    private static readonly Seed MockSeed = new(2026);

    public static Command Make()
    {
        var (home, database) = (CommonOptions.Home(), CommonOptions.Database());
        var json = CommonOptions.Json();
        var command = new Command("demo", "Makes mock maps of the X-COP sample, surveys them, and holds the result against the truth.") { home, database, json };
        command.SetAction((parsed, cancellation) =>
        {
            var runs = CommonOptions.HomeOf(parsed, home, database);
            Observed.As("run", runs);
            var sample = ShippedData.Find("samples", "xcop", ".csv");
            var maps = Path.Combine(runs.Root, ".demo-maps");
            MakeMaps(sample, maps, cancellation);
            var inputs = new Dictionary<string, JsonNode?>
            {
                ["Sample"] = sample, ["Maps"] = maps, ["Survey"] = "demo", ["Truth"] = Path.Combine(maps, "truth.csv"),
            };
            var definition = DefinitionLibrary.Shipped.Find("cluster-survey");
            var summary = new SurveyLauncher(runs, TimeProvider.System).Start(definition, inputs, new Seed(1), fresh: false, cancellation);
            if (!parsed.GetValue(json) && summary.Report is not null) JointTable.Show(new SurveyRun(summary.Folder, runs.OpenStore()));
            return Task.FromResult(RunResult.Show(summary, parsed.GetValue(json)));
        });
        return command;
    }

    // The mark is written last: with it there, the maps are complete and this build's; the same build would only write the same bytes again.
    private static void MakeMaps(string sample, string folder, CancellationToken cancellation)
    {
        var mark = Path.Combine(folder, "made-by.txt");
        if (File.Exists(mark) && File.ReadAllText(mark) == ThisBuild) return;
        var table = SampleTable.Read(sample);
        var mock = new MockSample { Truth = MockSample.ReadTruth(ShippedData.Find("truth", "demo", ".json")) };
        Meter.Show("mock maps", table.Rows.Count, done => mock.Write(MockSeed, table, folder, done, cancellation));
        AtomicFile.WriteText(mark, ThisBuild);
    }

    /// <summary>The identities of the modules that make mock maps: they change with the code and not with the build.</summary>
    private static string ThisBuild => string.Join('\n', new[] { typeof(MockSample), typeof(ClusterSimulator), typeof(Seed) }.Select(type => type.Module.ModuleVersionId));
}
