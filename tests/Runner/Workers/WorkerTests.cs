using System.Globalization;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Support;
using ClusterSurvey.Workflows.Ledger;
using Npgsql;

namespace ClusterSurvey.Runner.Tests.Workers;

/// <summary>
/// Surveys that several workers share: whatever becomes of workers, database, network and disk, the tables are those of one machine, bit for bit, and
/// everything is computed once.
/// </summary>
public sealed class WorkerTests(TwelveClusters survey) : IClassFixture<TwelveClusters>
{
    private const int Clusters = 12, ShortLease = 6;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Workers_share_a_survey_and_make_the_tables_of_one_machine(int count)
    {
        using var shared = new QueuedSurvey(survey, survey.Fresh($"shared by {count}"));
        var workers = Enumerable.Range(0, count).Select(_ => shared.AddWorker()).ToList();

        var ended = shared.End().Expect(ExitCode.Done);

        Assert.Equal(survey.Hashes, MockSurvey.Hashes(shared.RunFolder));
        Assert.Equal(Clusters, shared.Passes.Count());
        Assert.All(shared.Jobs, job => Assert.Equal(JobState.Done, job.State));
        Assert.All(shared.Passes, job => Assert.Equal(1, job.Attempt));
        shared.AssertComputedOnce();
        Assert.All(workers, worker => Assert.Contains(shared.Passes, job => worker.Is(job.Node)));
        Assert.All(workers, worker => Assert.Equal(ExitCode.Done, worker.End()));
        Assert.Empty(shared.Book.Nodes);
        Assert.Contains($"({Clusters} of {Clusters})", ended.Errors, StringComparison.Ordinal);
        var password = new NpgsqlConnectionStringBuilder(shared.Connection).Password!;
        Assert.All([ended.Output + ended.Errors, .. workers.Select(worker => worker.Said)], said => Assert.DoesNotContain(password, said, StringComparison.Ordinal));
    }

    /// <summary>Two loops after each other, the second over what the first has simulated and one node has learnt from; one of the clusters to learn from has no maps that can be read.</summary>
    [Fact]
    public void Networks_are_pretrained_on_what_several_nodes_have_simulated()
    {
        string[] pretrained = ["--set", "pretraining=3"];
        var maps = BrokenMaps();
        using var shared = new QueuedSurvey(survey, survey.Fresh("pretrained"), maps: maps, more: pretrained);
        shared.AddWorker();
        shared.AddWorker();

        shared.End().Expect(ExitCode.CompletedWithFailures);

        var alone = SurveyProgram.Run([.. survey.Arguments(survey.Fresh("pretrained on one machine"), maps), .. pretrained]).Expect(ExitCode.CompletedWithFailures).Json["folder"]!.GetValue<string>();
        Assert.Equal(MockSurvey.Hashes(alone), MockSurvey.Hashes(shared.RunFolder));
        Assert.NotEqual(survey.Hashes, MockSurvey.Hashes(alone));
        Assert.Equal(Clusters + 3, shared.Passes.Count());
        Assert.Equal(["A644", "A644"], shared.Passes.Where(job => job.State == JobState.Failed).Select(job => job.Label));
        shared.AssertComputedOnce();
    }

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

    [Fact]
    public void The_shared_folder_is_full_for_a_while()
    {
        PostgresServer.Require();
        using var disk = SmallDisk.Mount(megabytes: 48);
        if (disk is null) Assert.Skip("a small disk can only be mounted as root");
        using var shared = new QueuedSurvey(survey, Path.Combine(disk.Path, "runs"));
        var workers = new[] { shared.AddWorker(), shared.AddWorker() };
        shared.Await("the first cluster is done", () => shared.Passes.Any(job => job.State == JobState.Done));

        var filler = disk.Fill();
        shared.Await("a job is put off", () => shared.Jobs.Any(job => job.Failures > 0));
        var message = shared.Jobs.First(job => job.Failures > 0).Message!;
        File.Delete(filler);

        shared.End().Expect(ExitCode.Done);
        Assert.Contains("space", message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(workers, worker => worker.Said.Contains("it is tried again in", StringComparison.Ordinal));
        Assert.Equal(survey.Hashes, MockSurvey.Hashes(shared.RunFolder));
        Assert.All(shared.Jobs, job => Assert.Equal(JobState.Done, job.State));
        shared.AssertComputedOnce();
    }

    /// <summary>With less than the program takes itself, one cluster fits, whatever the slots.</summary>
    [Fact]
    public void Clusters_that_do_not_fit_into_the_memory_of_a_node_wait_in_the_queue()
    {
        using var shared = new QueuedSurvey(survey, survey.Fresh("short of memory"), null, null, "--clusters", "A85,A644,A1795");
        shared.AddWorker(slots: 3, memoryGib: 0.3);

        shared.End().Expect(ExitCode.Done);

        var passes = shared.Passes.OrderBy(job => job.StartedAt).ToList();
        Assert.Equal(3, passes.Count);
        Assert.All(passes, job => Assert.True(job is { State: JobState.Done, Attempt: 1, Losses: 0 }));
        Assert.All(passes.Zip(passes.Skip(1)), pair => Assert.True(pair.Second.StartedAt >= pair.First.EndedAt, $"{pair.Second.Label} began at {pair.Second.StartedAt:o}, {pair.First.Label} ended at {pair.First.EndedAt:o}"));
    }

    [Fact]
    public void A_cluster_with_broken_maps_is_set_aside_after_one_worker_has_tried_it()
    {
        var maps = BrokenMaps();
        using var shared = new QueuedSurvey(survey, survey.Fresh("set aside"), null, maps, "--clusters", "A85,A644");
        shared.AddWorker();

        var ended = shared.End().Expect(ExitCode.CompletedWithFailures);

        var failure = Assert.Single(ended.Json["failures"]!.AsArray())!;
        Assert.Equal("A644", failure["cluster"]!.GetValue<string>());
        Assert.Equal(1, shared.Passes.Single(job => job.Label == "A644").Attempt);
        Assert.Equal(JobState.Failed, shared.Passes.Single(job => job.Label == "A644").State);
        Assert.True(File.Exists(Path.Combine(shared.RunFolder, "failures.parquet")));
    }

    // The maps, of which those of A644 cannot be read.
    private string BrokenMaps()
    {
        var maps = survey.Fresh("broken maps");
        Directory.CreateDirectory(maps);
        foreach (var file in Directory.EnumerateFiles(survey.Maps)) File.Copy(file, Path.Combine(maps, Path.GetFileName(file)), overwrite: true);
        File.WriteAllText(Directory.EnumerateFiles(maps, "*A644*").First(file => file.Contains("mosaic", StringComparison.Ordinal)), "no FITS file");
        return maps;
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
