using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Support;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Tests.Workers;

/// <summary>Disks and maps that fail a worker.</summary>
public sealed class FailingWorkTests(TwelveClusters survey)
{
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

    [Fact]
    public void A_cluster_with_broken_maps_is_set_aside_after_one_worker_has_tried_it()
    {
        var maps = survey.BrokenMaps;
        using var shared = new QueuedSurvey(survey, survey.Fresh("set aside"), null, maps, "--clusters", "A85,A644");
        shared.AddWorker();

        var ended = shared.End().Expect(ExitCode.CompletedWithFailures);

        var failure = Assert.Single(ended.Json["failures"]!.AsArray())!;
        Assert.Equal("A644", failure["cluster"]!.GetValue<string>());
        Assert.Equal(1, shared.Passes.Single(job => job.Label == "A644").Attempt);
        Assert.Equal(JobState.Failed, shared.Passes.Single(job => job.Label == "A644").State);
        Assert.True(File.Exists(Path.Combine(shared.RunFolder, "failures.parquet")));
    }
}
