using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>
/// Surveys that are killed at random moments, again and again, and go on until they are done. CLUSTERSURVEY_KILLS says how often (12 when it does not);
/// the moments are seeded, and spread over the time that an undisturbed survey takes on this machine.
/// </summary>
public sealed class KilledSurveyTests(MockSurvey survey, ITestOutputHelper output)
{
    private const int UsualKills = 12;

    private static readonly string[] Two = ["--clusters", "A85,A644"];

    [Fact]
    public void However_often_it_is_killed_a_survey_ends_as_if_nothing_had_happened()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("CLUSTERSURVEY_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : UsualKills;
        var random = new RandomStream(new Seed(20));
        var began = Stopwatch.GetTimestamp();
        var (hashes, keys) = Ending(survey.Survey(survey.Fresh("undisturbed"), Two)["folder"]!.GetValue<string>());
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var (killed, ended) = (0, 0);
        for (var round = 0; killed < kills; round++)
        {
            var home = survey.Fresh($"killed {round}");
            string? run = null;
            while (killed < kills)
            {
                using var process = SurveyProgram.Start(Path.GetTempPath(), run is null ? survey.Arguments(home, Two) : ["resume", run, "--json"]);
                if (SurveyProgram.KillAfter(process, TimeSpan.FromSeconds(random.NextDouble() * seconds)) is { } outcome)
                {
                    outcome.Expect(ExitCode.Done);
                    ended++;
                    break;
                }
                killed++;
                run ??= Directory.Exists(home) ? Directory.EnumerateDirectories(home).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "manifest.json"))) : null;
            }
            if (run is null) continue;
            // However rarely a kill meets a file that is being written: this one has.
            File.WriteAllText(Path.Combine(run, $"likelihoods.parquet.999999999-7@{Environment.MachineName}.tmp"), "half");
            SurveyProgram.Run("resume", run).Expect(ExitCode.Done);
            var (sameHashes, sameKeys) = Ending(run);
            Assert.Equal(hashes, sameHashes);
            Assert.Equal(keys, sameKeys);
            Assert.Empty(Directory.EnumerateFiles(run, "*.tmp", SearchOption.AllDirectories));
        }
        output.WriteLine($"{killed} kills, {ended} lives that came to their end, {seconds:f0} s undisturbed");
    }

    [Fact]
    public void An_artifact_that_was_damaged_is_set_aside_and_made_again()
    {
        var home = survey.Fresh("damaged");
        var run = survey.Survey(home, "--clusters", "A85")["folder"]!.GetValue<string>();
        var store = Path.Combine(home, ".artifacts");
        var records = Directory.EnumerateFiles(Path.Combine(store, "results"), "*.json", SearchOption.AllDirectories).Select(file => JsonNode.Parse(File.ReadAllText(file))!);
        var maps = records.Single(record => record["step"]!.GetValue<string>() == "Survey.LoadMaps")["outputs"]!["Maps"]!["sha256"]!.GetValue<string>();
        var damaged = Path.Combine(store, "objects", maps[..2], maps);
        using (var file = File.OpenWrite(damaged))
        {
            file.Position = file.Length / 2;
            file.WriteByte(0xA5);
        }
        var again = survey.Survey(home, "--clusters", "A85")["folder"]!.GetValue<string>();
        Assert.Equal(MockSurvey.Hashes(run), MockSurvey.Hashes(again));
        Assert.True(File.Exists(Path.Combine(store, "damaged", maps)));
        var computed = JsonNode.Parse(File.ReadAllText(Path.Combine(again, "manifest.json")))!["steps"]!.AsArray().Where(step => step!["key"]!.GetValue<string>().Length > 0 && !step["fromCache"]!.GetValue<bool>());
        Assert.Contains("LoadMaps", computed.Select(step => step!["step"]!.GetValue<string>()));
        Assert.DoesNotContain("SimulateSpectra", computed.Select(step => step!["step"]!.GetValue<string>()));
    }

    [Fact]
    public void A_full_disk_ends_the_run_in_words_and_resume_goes_on_when_there_is_room()
    {
        using var disk = SmallDisk.Mount(megabytes: 1);
        if (disk is null) Assert.Skip("a small disk can only be mounted as root");
        var full = SurveyProgram.Run(survey.Arguments(Path.Combine(disk.Path, "runs"), "--clusters", "A85"));
        Assert.Equal(ExitCode.Failed, full.ExitCode);
        Assert.Contains("space", full.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("defect of the program", full.Errors, StringComparison.Ordinal);
        disk.Grow(megabytes: 64);
        var runs = Path.Combine(disk.Path, "runs");
        var run = Directory.Exists(runs) ? Directory.EnumerateDirectories(runs).FirstOrDefault(folder => new FileInfo(Path.Combine(folder, "manifest.json")) is { Exists: true, Length: > 0 }) : null;
        if (run is null) run = survey.Survey(runs, "--clusters", "A85")["folder"]!.GetValue<string>();
        else SurveyProgram.Run("resume", run).Expect(ExitCode.Done);
        var path = Path.Combine("likelihoods", "A85", "global.npy");
        Assert.Equal(MockSurvey.Hashes(survey.Run)[path], MockSurvey.Hashes(run)[path]);
    }

    [Fact]
    public void A_disk_that_cannot_be_written_to_is_bad_input()
    {
        using var disk = SmallDisk.Mount(megabytes: 1);
        if (disk is null) Assert.Skip("a small disk can only be mounted as root");
        disk.Protect();
        var refused = SurveyProgram.Run(survey.Arguments(Path.Combine(disk.Path, "runs"), "--clusters", "A85"));
        refused.Expect(ExitCode.BadInput);
        Assert.Contains("read-only", refused.Errors, StringComparison.OrdinalIgnoreCase);
    }

    // Content of the tables, and the keys of what was computed; times are left aside.
    private static (IReadOnlyDictionary<string, string> Hashes, string[] Keys) Ending(string run)
        => (MockSurvey.Hashes(run), [.. JsonNode.Parse(File.ReadAllText(Path.Combine(run, "manifest.json")))!["steps"]!.AsArray()
            .Select(step => $"{step!["cluster"]} {step["step"]} {step["key"]}").Order(StringComparer.Ordinal)]);
}
