using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

public sealed class QuarantineTests(MockSurvey survey)
{
    [Fact]
    public void A_cluster_with_a_broken_file_is_set_aside_until_the_file_is_mended()
    {
        using var folder = new ScratchFolder();
        foreach (var file in Directory.EnumerateFiles(survey.Maps)) File.Copy(file, folder[Path.GetFileName(file)]);
        var (broken, whole) = (folder["mosaic_A644.fits.gz"], Path.Combine(survey.Maps, "mosaic_A644.fits.gz"));
        File.WriteAllBytes(broken, File.ReadAllBytes(whole)[..^600]);

        string[] arguments = [.. survey.Arguments(folder["runs"])];
        // Started beside the maps and resumed elsewhere: paths are from where it was started.
        arguments[Array.IndexOf(arguments, "--maps") + 1] = ".";
        arguments[Array.IndexOf(arguments, "--sample") + 1] = "sample.csv";
        var first = SurveyProgram.RunIn(folder.Path, arguments).Expect(ExitCode.CompletedWithFailures);
        var run = first.Json["folder"]!.GetValue<string>();
        Assert.Contains("mosaic_A644.fits.gz", first.Errors, StringComparison.Ordinal);
        var failure = Assert.Single(RunTable.Read<FailureRow>(Path.Combine(run, "failures.parquet")));
        Assert.Equal(("A644", "bad_input"), (failure.Cluster, failure.Kind));
        Assert.Contains("mosaic_A644.fits.gz", failure.Where, StringComparison.Ordinal);
        Assert.NotEqual("", failure.Remedy);
        Assert.Equal(["A1644", "A85"], Directory.EnumerateDirectories(Path.Combine(run, "likelihoods")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.Contains("mosaic_A644.fits.gz", File.ReadAllText(Path.Combine(run, "report", "index.html")), StringComparison.Ordinal);

        File.Copy(whole, broken, overwrite: true);
        var second = SurveyProgram.Run("resume", run, "--json").Expect(0);
        Assert.DoesNotContain("A85: Simulate", second.Errors, StringComparison.Ordinal);
        Assert.Contains("A644: Simulate", second.Errors, StringComparison.Ordinal);
        Assert.Empty(RunTable.Read<FailureRow>(Path.Combine(run, "failures.parquet")));
        Assert.DoesNotContain("mosaic_A644.fits.gz</", File.ReadAllText(Path.Combine(run, "report", "index.html")).Split("provenance", 2)[0], StringComparison.Ordinal);
        Assert.Equal(MockSurvey.Hashes(survey.Run), MockSurvey.Hashes(run));
    }
}
