using System.Diagnostics;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;
using ClusterSurvey.Workflows.Tests.Engine;

namespace ClusterSurvey.Workflows.Tests.Ledger;

public sealed class DurabilityTests
{
    private const string FolderVariable = "CLUSTERSURVEY_TEST_KILLED_RUN";
    private const string StepsVariable = "CLUSTERSURVEY_TEST_KILLED_AFTER";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Interrupted_run_ends_as_an_undisturbed_one_and_repeats_nothing(int attempt)
    {
        var random = new Seed((ulong)attempt).Stream();
        var prefix = $"cut{attempt}-";
        var (survey, analysis) = Survey(prefix);
        using var undisturbed = new TestBench(survey, analysis);
        var expected = Text(undisturbed.Run(survey, parallelism: 2, cancellation: TestContext.Current.CancellationToken));
        var once = Done(undisturbed).ToDictionary(name => name, Work.Runs);
        using var bench = new TestBench(survey, analysis);

        CancellationTokenSource? cut = null;
        var left = 0;
        Work.OnBegin(prefix, _ =>
        {
            if (Interlocked.Decrement(ref left) == 0) cut!.Cancel();
        });
        RunOutcome? outcome = null;
        var interruptions = -1;
        while (outcome is not { Status: RunStatus.Finished })
        {
            interruptions++;
            using (cut = new CancellationTokenSource())
            {
                left = 1 + random.NextInt32(6);
                outcome = outcome is null ? bench.Run(survey, parallelism: 2, cancellation: cut.Token) : bench.Engine.Resume(outcome.InstanceId, new Parallelism(2, 1), progress: bench.Events, cancellation: cut.Token);
            }
            bench.Reopen();
        }

        Assert.True(interruptions > 0);
        Assert.Equal(expected, Text(outcome));
        Assert.All(bench.Events.All.OfType<ActivityCompleted>().GroupBy(completed => (completed.InstanceId, completed.Path)), completions => Assert.Single(completions));
        Assert.All(once, work => Assert.Equal(2 * work.Value, Work.Runs(work.Key)));
        Assert.Equal(undisturbed.Ledger.Completions(undisturbed.Ledger.Instances()[0].Id).OrderBy(count => count.Key), bench.Ledger.Completions(outcome.InstanceId).OrderBy(count => count.Key));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void Killed_process_leaves_a_run_that_another_one_finishes(int killedAfter)
    {
        var folder = Directory.CreateTempSubdirectory("clustersurvey-killed-");
        try
        {
            KillAfter(killedAfter, folder.FullName);
            using var ledger = TestLedgers.Open(folder.FullName);
            var run = Assert.Single(ledger.Instances());
            Assert.Equal("Executing", run.SubStatus);
            var recorded = ledger.Instances(runsOnly: false).SelectMany(instance => ledger.Activities(instance.Id)).Where(record => record.Key is not null).Select(record => record.Key!).ToHashSet();
            var (survey, analysis) = Survey("killed-");
            using var bench = new TestBench(survey, analysis);

            var outcome = new WorkflowEngine(TestBench.Catalog, new DefinitionLibrary([survey, analysis]), ledger, new ArtifactStore(Path.Combine(folder.FullName, "store")), TimeProvider.System)
                .Resume(run.Id, new Parallelism(2, 1), cancellation: TestContext.Current.CancellationToken);

            Assert.Equal(RunStatus.Finished, outcome.Status);
            Assert.Equal(Text(bench.Run(survey, cancellation: TestContext.Current.CancellationToken)), Text(outcome));
            Assert.True(recorded.Count >= killedAfter - 2, $"only {recorded.Count} records of {killedAfter} finished steps survived");
            var all = ledger.Instances(runsOnly: false).SelectMany(instance => ledger.Activities(instance.Id)).Where(record => record.Key is not null).ToList();
            Assert.Equal(all.Count, all.Select(record => (record.InstanceId, record.Path)).Distinct().Count());
        }
        finally
        {
            TestLedgers.Remove(folder.FullName);
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Not a test of its own: the process that the test above kills.</summary>
    [Fact(Explicit = true)]
    public void Host_of_a_run_that_is_killed()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder) return;
        var (survey, analysis) = Survey("killed-");
        var last = int.Parse(Environment.GetEnvironmentVariable(StepsVariable)!, System.Globalization.CultureInfo.InvariantCulture);
        var log = new Lock();
        var ended = 0;
        Work.OnEnd("killed-", name =>
        {
            lock (log) File.AppendAllText(Path.Combine(folder, "log"), name + "\n");
            if (Interlocked.Increment(ref ended) >= last) Thread.Sleep(Timeout.Infinite);
        });
        using var ledger = TestLedgers.Open(folder);
        var engine = new WorkflowEngine(TestBench.Catalog, new DefinitionLibrary([survey, analysis]), ledger, new ArtifactStore(Path.Combine(folder, "store")), TimeProvider.System);
        engine.Run(new RunRequest { Definition = survey, Seed = new Seed(7), RunFolder = new RunFolder(Path.Combine(folder, "run")), Parallelism = new Parallelism(2, 1) }, cancellation: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Definition_that_changes_after_the_crash_does_not_change_the_run()
    {
        var (survey, analysis) = Survey("same-");
        using var cut = new CancellationTokenSource();
        Work.OnBegin("same-A", _ => cut.Cancel());
        using var bench = new TestBench(survey, analysis);
        var first = bench.Run(survey, cancellation: cut.Token);
        var changed = WorkflowDocument.Parse(analysis.ToText().Replace("+ 1", "+ 1000", StringComparison.Ordinal), "changed");
        Work.OnBegin("same-A", _ => { });
        var engine = new WorkflowEngine(TestBench.Catalog, new DefinitionLibrary([survey, changed]), bench.Ledger, bench.Store, TimeProvider.System);

        var resumed = engine.Resume(first.InstanceId, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(RunStatus.Interrupted, first.Status);
        Assert.Equal(Text(bench.Run(survey, cancellation: TestContext.Current.CancellationToken)), Text(resumed));
    }

    [Fact]
    public void Faulted_run_goes_on_at_the_step_that_failed()
    {
        var (survey, analysis) = Survey("mended-");
        Work.Fail("mended-C", true);
        using var bench = new TestBench(survey, analysis);
        var first = bench.Run(survey, cancellation: TestContext.Current.CancellationToken);
        Work.Fail("mended-C", false);
        bench.Reopen();

        var second = bench.Engine.Resume(first.InstanceId, progress: bench.Events, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((RunStatus.Faulted, RunStatus.Finished), (first.Status, second.Status));
        Assert.Equal(("C", "first"), (Assert.Single(first.Incidents).Label, first.Incidents[0].StepName));
        Assert.All(Done(bench).Distinct(), name => Assert.Equal(1, Work.Runs(name)));
        Assert.All(bench.Events.All.OfType<ActivityCompleted>().GroupBy(completed => (completed.InstanceId, completed.Path)), completions => Assert.Single(completions));
    }

    [Fact]
    public void Cluster_that_fails_in_a_called_workflow_is_left_out_and_alone_tried_again()
    {
        var (strict, analysis) = Survey("left-");
        var json = strict.ToJson();
        json["options"]!["incidentStrategyType"] = "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core";
        var survey = WorkflowDocument.Parse(json.ToJsonString(), "survey");
        Work.Fail("left-B", true);
        using var bench = new TestBench(survey, analysis);

        var first = bench.Run(survey, parallelism: 2, cancellation: TestContext.Current.CancellationToken);
        Work.Fail("left-B", false);
        var begun = new List<string>();
        Work.OnBegin("left-", begun.Add);
        var second = bench.Engine.Resume(first.InstanceId, cancellation: TestContext.Current.CancellationToken);

        var incident = Assert.Single(first.Incidents);
        Assert.Equal((RunStatus.FinishedWithFailures, "B", "Survey.Work", "name the exposure map in the sample"), (first.Status, incident.Label, incident.StepType, incident.Remedy));
        Assert.Equal(RunStatus.Finished, second.Status);
        Assert.Equal(first.InstanceId, bench.Ledger.RunIn(bench.Ledger.Instances()[0].RunFolder)!.Id);
        Assert.Equal(["left-B", "left-B2", "left-publishB"], begun);
        Assert.Equal(["Finished", "Finished", "Finished", "Finished"], bench.Ledger.Called(first.InstanceId).Select(called => called.SubStatus));
        Assert.Equal(Text(first), Text(second));
    }

    [Fact]
    public void Ledger_that_cannot_be_written_stops_the_run_and_no_cluster_is_blamed()
    {
        if (!TestLedgers.AreFiles) Assert.Skip("the trigger is one of SQLite");
        var (survey, analysis) = Survey("full-");
        using var bench = new TestBench(survey, analysis);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={bench.LedgerPath}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TRIGGER full BEFORE INSERT ON activities WHEN NEW.ActivityId = 'publish' BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END;";
            command.ExecuteNonQuery();
        }

        var stopped = Assert.Throws<LedgerException>(() => bench.Run(survey, parallelism: 2, cancellation: TestContext.Current.CancellationToken));

        Assert.Contains("database or disk is full", stopped.Message, StringComparison.Ordinal);
        Assert.Empty(bench.Ledger.Instances().SelectMany(instance => bench.Ledger.Incidents(instance.Id)));
    }

    [Fact]
    public void Ledger_opens_although_a_process_was_killed_while_it_made_the_tables()
    {
        using var bench = new TestBench();
        using (var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={bench.LedgerPath};Pooling=False"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = "CREATE TABLE IF NOT EXISTS \"__EFMigrationsLock\" (\"Id\" INTEGER PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01');";
            command.ExecuteNonQuery();
        }
        bench.Reopen();
        Assert.Empty(bench.Ledger.Instances());
    }

    [Fact]
    public void File_that_is_no_ledger_is_refused()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, new string('x', 4096));

        var refused = Assert.Throws<LedgerException>(() => RunLedger.OpenSqlite(file));

        File.Delete(file);
        Assert.StartsWith(file, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Second_run_of_the_same_takes_every_step_from_the_store()
    {
        var (survey, analysis) = Survey("again-");
        using var bench = new TestBench(survey, analysis);
        bench.Run(survey, cancellation: TestContext.Current.CancellationToken);
        var runs = Work.Runs("again-A");

        bench.Run(survey, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(1, runs);
        Assert.Equal(1, Work.Runs("again-A"));
        Assert.Contains(bench.Events.All.OfType<ActivityCompleted>(), completed => completed.FromCache);
    }

    /// <summary>
    /// The shape of a survey: a loop over clusters, each analysed by a called workflow and published, then a step over
    /// all; with a serial loop, a decision and a line back before it.
    /// </summary>
    private static (WorkflowDocument Survey, WorkflowDocument Analysis) Survey(string prefix)
    {
        var analysis = Draw.Definition(
            "analysis",
            Draw.Sequence(
                "s",
                Step("first", "getInput('Cluster').name", "1", "First"),
                Step("second", "getInput('Cluster').name + '2'", "getFirst() + 1", "Second"),
                Draw.Output("o", "Result", Draw.Script("getSecond()"))),
            [Draw.Variable("First", "Double"), Draw.Variable("Second", "Double")],
            [Draw.Input("Cluster", "Object")],
            [Draw.Declared("Result", "Double")]);
        var body = Draw.Sequence("body", Draw.Call("call", "analysis", Draw.Script($"({{ Cluster: {{ name: '{prefix}' + getCurrentValue().name }} }})"), "Answer"), Step("publish", $"'{prefix}publish' + getCurrentValue().name", "getAnswer().Result"));
        body["variables"] = new JsonArray(Draw.Variable("Answer", "Object"));
        var chart = Draw.Flowchart(
            "chart",
            [
                Draw.Assign("count", "N", Draw.Script("getN() + 1")),
                Draw.Activity("again", "Elsa.FlowDecision", ("condition", Draw.Script("getN() < 3"))),
                Draw.Activity("each", "Elsa.ForEach", ("items", Draw.Script("[1, 2, 3]")), ("body", Step("serial", $"'{prefix}serial' + getCurrentValue()", "getTotal()", "Total"))),
                ParallelForEachTests.Loop("""[{"name":"A"},{"name":"B"},{"name":"C"},{"name":"D"}]""", body),
                Step("combine", $"'{prefix}combine'", "getTotal() + getN()", "Total"),
                Draw.Output("out", "Total", Draw.Script("getTotal()")),
            ],
            "count -> again",
            "again.True -> count",
            "again.False -> each",
            "each -> loop",
            "loop -> combine",
            "combine -> out");
        return (Draw.Definition("survey", chart, [Draw.Variable("N", "Int32", "0"), Draw.Variable("Total", "Double", "0")], outputs: [Draw.Declared("Total", "Double")]), analysis);
    }

    private static JsonObject Step(string id, string name, string number, string? sum = null)
        => Draw.Activity(id, "Survey.Work", ("name", Draw.Script(name)), ("number", Draw.Script(number)), ("sum", sum is null ? null : Draw.Into(sum)));

    private static string Text(RunOutcome outcome) => SurveyJson.Canonical(new JsonObject(outcome.Outputs.Select(output => KeyValuePair.Create(output.Key, output.Value?.DeepClone()))));

    private static IEnumerable<string> Done(TestBench bench) => bench.Ledger.Instances(runsOnly: false)
        .SelectMany(instance => bench.Ledger.Activities(instance.Id))
        .Where(record => record.Type == "Survey.Work")
        .Select(record => JsonNode.Parse(record.Inputs)!["Name"]!.GetValue<string>());

    private static void KillAfter(int steps, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DurabilityTests).Assembly.Location, "-method", $"{typeof(DurabilityTests).FullName}.{nameof(Host_of_a_run_that_is_killed)}", "-explicit", "only"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[FolderVariable] = folder;
        start.Environment[StepsVariable] = steps.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var log = Path.Combine(folder, "log");
        while (!process.HasExited && (!File.Exists(log) || File.ReadAllLines(log).Length < steps)) Thread.Sleep(1);
        Assert.False(process.HasExited, "the run ended before it could be killed");
        process.Kill();
        process.WaitForExit();
    }
}
