using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Workflows.Ledger;
using Npgsql;

namespace ClusterSurvey.Runner.Tests.Workers;

/// <summary>Surveys that several workers share: the tables are those of one machine, bit for bit, and everything is computed once.</summary>
public sealed class SharedSurveyTests(TwelveClusters survey)
{
    private const int Clusters = 12;

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
        var maps = survey.BrokenMaps;
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
}
