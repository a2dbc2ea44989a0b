using System.Diagnostics;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Support;
using ClusterSurvey.Workflows.Ledger;
using Npgsql;

namespace ClusterSurvey.Runner.Tests.Workers;

/// <summary>A survey in the queue of a database of its own, with workers, as real processes.</summary>
internal sealed class QueuedSurvey : IDisposable
{
    private static readonly TimeSpan longestWait = TimeSpan.FromMinutes(8);

    private readonly List<WorkerProcess> workers = [];
    private readonly string? dropped;
    private readonly Process run;
    private readonly RunLedger ledger;

    /// <param name="survey">What is surveyed.</param>
    /// <param name="folder">The folder that the workers share.</param>
    /// <param name="connection">The database; one of its own on the server of the tests when null.</param>
    /// <param name="maps">Other maps of the clusters than the whole ones.</param>
    /// <param name="more">Further words of the command line.</param>
    public QueuedSurvey(TwelveClusters survey, string folder, string? connection = null, string? maps = null, params string[] more)
    {
        dropped = connection is null ? $"queue {Path.GetFileName(folder)} {Environment.ProcessId}" : null;
        Connection = connection ?? new NpgsqlConnectionStringBuilder(PostgresServer.Require()) { Database = dropped }.ToString();
        Folder = Directory.CreateDirectory(folder).FullName;
        run = SurveyProgram.Start(Path.GetTempPath(), [.. survey.Arguments(folder, maps), "--database", Connection, .. more]);
        ledger = RunLedger.Open(Connection);
        Book = new RunHome(folder, Connection).JobsIn(ledger);
    }

    public string Connection { get; }

    public string Folder { get; }

    public JobBook Book { get; }

    /// <summary>The jobs of the survey; none before it is queued.</summary>
    public IReadOnlyList<JobRow> Jobs => ledger.Instances().SingleOrDefault() is { } instance ? Book.Of(instance.Id) : [];

    /// <summary>The jobs of its clusters.</summary>
    public IEnumerable<JobRow> Passes => Jobs.Where(job => job.Kind == JobKind.Pass);

    /// <summary>The steps that the ledger says have finished.</summary>
    public IReadOnlyList<ActivityRow> Steps => ledger.StepsOf(ledger.Instances().Single().Id);

    /// <summary>The folder of the run.</summary>
    public string RunFolder => Directory.EnumerateDirectories(Folder).Single(folder => File.Exists(Path.Combine(folder, "manifest.json")));

    /// <param name="lease">How long it may be silent, in seconds; so long that no load of the machine costs it a job, when nothing is said.</param>
    /// <param name="connection">How it reaches the database, when otherwise than the others.</param>
    /// <param name="slots">Clusters at the same time.</param>
    /// <param name="memoryGib">The memory that they may take.</param>
    public WorkerProcess AddWorker(int lease = 120, string? connection = null, int slots = 1, double memoryGib = 1000)
    {
        var worker = WorkerProcess.Start(connection ?? Connection, Folder, lease, slots, memoryGib);
        workers.Add(worker);
        return worker;
    }

    /// <summary>Waits for something to come about while the survey goes on.</summary>
    public void Await(string what, Func<bool> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < longestWait, $"in vain: {what}; {Told()}");
            Thread.Sleep(50);
        }
    }

    /// <summary>Waits until a worker has a cluster in hand.</summary>
    /// <returns>The cluster's job.</returns>
    public JobRow AwaitWorkOf(WorkerProcess worker)
    {
        JobRow? found = null;
        Await("a worker takes a cluster", () => (found = Passes.FirstOrDefault(job => job.State == JobState.Running && worker.Is(job.Node))) is not null);
        return found!;
    }

    /// <summary>Waits for the end of the command that queued the survey.</summary>
    public SurveyProgram.Outcome End()
    {
        var errors = run.StandardError.ReadToEndAsync();
        var output = run.StandardOutput.ReadToEndAsync();
        if (!run.WaitForExit(longestWait)) Assert.Fail($"the survey does not end; {Told()}");
        // Connections from before a restart of the database lead nowhere.
        NpgsqlConnection.ClearAllPools();
        return new SurveyProgram.Outcome(run.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    /// <summary>Every artifact has one record of how it was computed, and no two.</summary>
    public void AssertComputedOnce()
    {
        var steps = Steps;
        Assert.All(steps.Where(step => step.Key!.Length > 0).GroupBy(step => (step.InstanceId, step.Key)), records => Assert.Single(records));
        Assert.All(steps.Where(step => step.Key!.Length > 0 && !step.FromCache).GroupBy(step => step.Key), records => Assert.Single(records));
    }

    public void Dispose()
    {
        foreach (var worker in workers) worker.Dispose();
        if (!run.HasExited) run.Kill();
        run.WaitForExit();
        run.Dispose();
        ledger.Dispose();
        if (dropped is null) return;
        using var connection = new NpgsqlConnection(PostgresServer.Require());
        connection.Open();
        using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS \"{dropped}\" WITH (FORCE)", connection);
        drop.ExecuteNonQuery();
    }

    private string Told() => string.Join(Environment.NewLine, [.. Jobs.Select(job => $"{job.Label} {job.State} {job.Node} {job.Attempt} {job.Message}"), .. workers.Select(worker => worker.Said)]);
}
