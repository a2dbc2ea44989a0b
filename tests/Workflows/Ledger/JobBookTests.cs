using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Workflows.Tests.Ledger;

/// <summary>An attempt at a job changes it as long as the job is its own, and is told when it is not.</summary>
public sealed class JobBookTests : IDisposable
{
    private static readonly DateTimeOffset now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clustersurvey-jobs-");
    private readonly RunLedger ledger;
    private readonly JobBook book;

    public JobBookTests()
    {
        ledger = TestLedgers.Open(folder.FullName);
        book = new JobBook(ledger, "home");
        book.Queue("run", "the run", fresh: false, now);
    }

    public static TheoryData<string> Changes => [.. changes.Keys];

    private static readonly Dictionary<string, Func<JobBook, JobRow, bool>> changes = new(StringComparer.Ordinal)
    {
        ["ended"] = (book, job) => book.End(job, null, null, now),
        ["given back"] = (book, job) => book.GiveBack(job),
        ["put off"] = (book, job) => book.PutOff(job, "no space is left", now),
    };

    public void Dispose()
    {
        ledger.Dispose();
        TestLedgers.Remove(folder.FullName);
        folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Who_has_the_job_changes_it(string change)
    {
        var mine = Take("a");
        Assert.True(changes[change](book, mine));
        Assert.NotEqual(JobState.Running, book.Find(mine.Id)!.State);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Who_has_lost_the_job_to_another_is_told_and_changes_nothing(string change)
    {
        var lost = Take("a");
        var taken = Take("b");
        Assert.False(changes[change](book, lost));
        Assert.Equivalent(taken, book.Find(lost.Id));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Who_has_a_job_that_was_stopped_is_told_and_changes_nothing(string change)
    {
        var mine = Take("a");
        Assert.True(book.Cancel("run", now));
        Assert.False(changes[change](book, mine));
        Assert.Equal(JobState.Cancelled, book.Find(mine.Id)!.State);
    }

    private JobRow Take(string node) => book.Take("run", node, now) ?? throw new InvalidOperationException($"{node} got no job");
}
