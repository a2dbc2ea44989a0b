using System.Collections.Concurrent;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Tests.EndToEnd;

namespace ClusterSurvey.Runner.Tests.Runs;

public sealed class RunLockTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    [Fact]
    public void Runs_that_begin_in_the_same_moment_get_folders_of_their_own()
    {
        var home = new RunHome(scratch["runs"]);
        var taken = new ConcurrentBag<(RunFolder Folder, RunLock Lock)>();
        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => taken.Add(home.NewRun("survey", new Moment())));
        Assert.Equal(40, taken.Select(run => run.Folder.Path).Distinct().Count());
        foreach (var run in taken) run.Lock.Dispose();
    }

    [Fact]
    public void A_run_at_work_is_not_resumed()
    {
        var folder = new RunFolder(scratch["run"]);
        var held = RunLock.Create(folder)!;
        var refused = Assert.Throws<BadInputException>(() => RunLock.Take(folder));
        Assert.Contains("another process", refused.Message, StringComparison.Ordinal);
        held.Dispose();
        RunLock.Take(folder).Dispose();
    }

    public void Dispose() => scratch.Dispose();

    private sealed class Moment : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    }
}
