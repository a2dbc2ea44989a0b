using System.Globalization;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Workflows.Ledger;
using Npgsql;

namespace ClusterSurvey.Runner.Tests.Workers;

/// <summary>Workers, a database and a network that are lost for a while: the tables are those of one machine, bit for bit, and everything is computed once.</summary>
public sealed class LostWorkerTests(TwelveClusters survey)
{
    private const int ShortLease = 6;

    [Fact]
    public void One_worker_is_killed_and_one_hangs_beyond_its_lease_and_wakes()
    {
        using var shared = new QueuedSurvey(survey, survey.Fresh("killed and hung"));
        var (killed, hung) = (shared.AddWorker(ShortLease), shared.AddWorker(ShortLease));
        var lost = shared.AwaitWorkOf(killed);
        killed.Kill();
        var late = HaltAtWork(shared, hung);
        shared.AddWorker(ShortLease);

        shared.Await("another worker takes over what the one that hangs has", () => shared.Passes.Single(job => job.Id == late.Id).Attempt > late.Attempt);
        hung.Wake();
        shared.End().Expect(ExitCode.Done);

        Assert.Equal(survey.Hashes, MockSurvey.Hashes(shared.RunFolder));
        Assert.All(shared.Jobs, job => Assert.Equal(JobState.Done, job.State));
        shared.AssertComputedOnce();
        Assert.True(shared.Passes.Single(job => job.Id == lost.Id) is { Attempt: > 1, Losses: > 0 });
        shared.Await("the one that hung finds that its cluster is another's", () => hung.Said.Contains($"{late.Label}: left to another node", StringComparison.Ordinal));
        Assert.True(hung.IsAlive);
    }

    [Fact]
    public void The_database_is_restarted()
    {
        using var server = new QueueServer();
        using var shared = new QueuedSurvey(survey, survey.Fresh("restarted"), server.Connection);
        var workers = new[] { shared.AddWorker(), shared.AddWorker() };
        foreach (var worker in workers) shared.AwaitWorkOf(worker);

        server.Restart();

        shared.End().Expect(ExitCode.Done);
        Assert.Equal(survey.Hashes, MockSurvey.Hashes(shared.RunFolder));
        Assert.All(shared.Jobs, job => Assert.Equal(JobState.Done, job.State));
        shared.AssertComputedOnce();
        Assert.All(workers, worker => Assert.True(worker.IsAlive, worker.Said));
    }

    /// <summary>CLUSTERSURVEY_TEST_CUT_SECONDS says for how long; a little longer than the lease when it does not.</summary>
    [Fact]
    public void The_network_between_a_worker_and_the_database_is_cut()
    {
        var seconds = double.TryParse(Environment.GetEnvironmentVariable("CLUSTERSURVEY_TEST_CUT_SECONDS"), CultureInfo.InvariantCulture, out var asked) ? asked : 8;
        using var shared = new QueuedSurvey(survey, survey.Fresh("cut off"));
        var place = new NpgsqlConnectionStringBuilder(shared.Connection);
        using var wire = new TcpRelay(place.Port);
        place.Port = wire.Port;
        var cutOff = shared.AddWorker(ShortLease, place.ToString());
        shared.AddWorker(ShortLease);
        shared.AwaitWorkOf(cutOff);

        wire.Cut();
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        var mended = TimeProvider.System.GetUtcNow();
        wire.Mend();

        shared.End().Expect(ExitCode.Done);
        Assert.Equal(survey.Hashes, MockSurvey.Hashes(shared.RunFolder));
        Assert.All(shared.Jobs, job => Assert.Equal(JobState.Done, job.State));
        shared.AssertComputedOnce();
        shared.Await("the worker that was cut off is back", () => shared.Book.Nodes.Any(node => cutOff.Is(node.Name) && node.HeartbeatAt > mended));
        Assert.True(cutOff.IsAlive, cutOff.Said);
    }

    // A worker may end its cluster in the moment in which it is halted: then the next one is waited for.
    private static JobRow HaltAtWork(QueuedSurvey shared, WorkerProcess worker)
    {
        while (true)
        {
            var job = shared.AwaitWorkOf(worker);
            worker.Halt();
            if (shared.Passes.Single(now => now.Id == job.Id) is { State: JobState.Running } held && worker.Is(held.Node)) return held;
            worker.Wake();
        }
    }
}
