using System.Diagnostics;
using System.Text.Json.Nodes;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

public sealed class InterruptionTests(MockSurvey survey)
{
    [Fact]
    public void A_killed_survey_goes_on_and_ends_as_if_nothing_had_happened()
    {
        var home = survey.Fresh("killed");
        var random = new RandomStream(new Seed(11));
        // The first steps are over in no time; a moment is a number of lines that the program has said.
        SurveyProgram.RunUntil(4 + random.NextInt32(6), null, survey.Arguments(home));
        var run = OnlyRun(home);
        var second = SurveyProgram.RunUntil(1 + random.NextInt32(6), null, "resume", run);
        var before = Finished(second);
        var last = SurveyProgram.Run("resume", run, "--json").Expect(0);

        Assert.Empty(before.Intersect(Finished(last)));
        Assert.Equal(MockSurvey.Hashes(survey.Run), MockSurvey.Hashes(run));
        Assert.Equal("Finished", last.Json["status"]!.GetValue<string>());
        Assert.Empty(Directory.EnumerateFiles(run, "*.tmp", SearchOption.AllDirectories));
    }

    // 700 simulations are parts of 256, 256 and 188.
    [Fact]
    public void Simulations_of_a_killed_survey_go_on_where_they_were_and_end_with_the_same_bytes()
    {
        string[] more = ["--clusters", "A85", "--set", "simulations=700"];
        var home = survey.Fresh("killed simulations");
        var parts = Path.Combine(home, ".artifacts", "simulating");
        using (var process = SurveyProgram.Start(Path.GetTempPath(), survey.Arguments(home, more)))
        {
            SurveyProgram.WaitFor(process, () => Directory.Exists(parts) && Directory.EnumerateFiles(parts, "part-000001.json", SearchOption.AllDirectories).Any());
            process.Kill();
            SurveyProgram.Finish(process);
        }
        var before = Directory.EnumerateFiles(parts, "part-00000[01].parquet", SearchOption.AllDirectories).ToArray();
        var written = Directory.EnumerateFiles(parts, "part-*.parquet", SearchOption.AllDirectories).ToDictionary(file => file, File.GetLastWriteTimeUtc);
        Assert.True(written.Count >= 2, "the kill came before the second part");
        var run = OnlyRun(home);
        SurveyProgram.Run("resume", run).Expect(0);
        Assert.Empty(Directory.EnumerateFileSystemEntries(parts));
        var whole = survey.Survey(survey.Fresh("whole simulations"), more)["folder"]!.GetValue<string>();
        Assert.Equal(MockSurvey.Hashes(whole), MockSurvey.Hashes(run));
    }

    [Theory]
    [InlineData(SurveyProgram.Interrupt)]
    [InlineData(SurveyProgram.Terminate)]
    public void A_survey_that_is_asked_to_stop_says_so_and_can_go_on(int signal)
    {
        var home = survey.Fresh($"stopped {signal}");
        var stopped = SurveyProgram.RunUntil(6, signal, survey.Arguments(home, "--clusters", "A85"));
        Assert.Equal(ExitCode.Cancelled, stopped.ExitCode);
        var run = OnlyRun(home);
        Assert.Equal("Interrupted", JsonNode.Parse(File.ReadAllText(Path.Combine(run, "manifest.json")))!["status"]!.GetValue<string>());
        var last = SurveyProgram.Run("resume", run).Expect(0);
        Assert.Empty(Finished(stopped).Intersect(Finished(last)));
        Assert.Equal(MockSurvey.Hashes(survey.Run)[Path.Combine("likelihoods", "A85", "global.npy")], MockSurvey.Hashes(run)[Path.Combine("likelihoods", "A85", "global.npy")]);
    }

    [Fact]
    public void A_run_that_was_killed_before_the_ledger_knew_it_begins_again_in_its_folder()
    {
        var home = survey.Fresh("no ledger");
        var run = survey.Survey(home, "--clusters", "A85")["folder"]!.GetValue<string>();
        var before = MockSurvey.Hashes(run);
        foreach (var file in Directory.EnumerateFiles(home, ".ledger.db*")) File.Delete(file);
        var last = SurveyProgram.Run("resume", run).Expect(0);
        Assert.DoesNotContain("A85: Simulate spectra", Finished(last));
        Assert.Equal(before, MockSurvey.Hashes(run));
    }

    [Fact]
    public void Two_surveys_at_once_in_one_folder_do_not_disturb_each_other()
    {
        var arguments = survey.Arguments(survey.Fresh("together"), "--clusters", "A85");
        using var first = SurveyProgram.Start(Path.GetTempPath(), arguments);
        using var second = SurveyProgram.Start(Path.GetTempPath(), arguments);
        var runs = ((Process[])[first, second]).Select(process => SurveyProgram.Finish(process).Expect(0).Json["folder"]!.GetValue<string>()).ToArray();
        Assert.NotEqual(runs[0], runs[1]);
        Assert.Equal(MockSurvey.Hashes(runs[0]), MockSurvey.Hashes(runs[1]));
    }

    private static string OnlyRun(string home) => Assert.Single(Directory.EnumerateDirectories(home), folder => File.Exists(Path.Combine(folder, "manifest.json")));

    // Lines such as "A85: Measure spectra": steps that this process has computed.
    private static HashSet<string> Finished(SurveyProgram.Outcome outcome)
        => [.. outcome.Errors.Split('\n').Where(line => line.StartsWith('A') && line.Contains(": ", StringComparison.Ordinal) && !line.EndsWith("(known)", StringComparison.Ordinal) && !line.Contains(" of ", StringComparison.Ordinal))];
}
