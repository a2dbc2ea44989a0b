using System.Diagnostics;
using System.Text.RegularExpressions;
using ClusterSurvey.Support;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>The examples of docs/inference.md, as a reader runs them.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "inference.md"));

    [Fact]
    public void Every_command_of_the_page_on_inference_runs_and_methods_agree()
    {
        using var folder = new ScratchFolder();
        var examples = Blocks("sh");
        Assert.True(examples.Length >= 4, $"only {examples.Length} examples");
        var program = $"clustersurvey() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "clustersurvey.dll")}' \"$@\"; }}";
        Run(folder.Path, string.Join('\n', [program, .. examples]));
        foreach (var method in (string[])["nle", "npe", "nre"])
        {
            var draws = File.ReadLines(folder[$"{method}.csv"]).Skip(1).Select(line => double.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(2000, draws.Length);
            // The observation measures the first parameter as 0.3 +- 0.2.
            Assert.InRange(draws.Average(), 0.15, 0.45);
        }
    }

    [Fact]
    public void Code_of_the_page_is_code_that_a_test_runs()
    {
        var test = Lines(File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "tests", "Inference", "Sequential", "DocumentedRoundsTests.cs")));
        var code = Blocks("csharp");
        Assert.NotEmpty(code);
        Assert.All(code, block => Assert.Contains(Lines(block), test, StringComparison.Ordinal));
    }

    private static string[] Blocks(string language) => [.. Fence().Matches(Page).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value)];

    // Without indentation.
    private static string Lines(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    private static void Run(string folder, string script)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}: {errors.Result}{output}");
    }

    [GeneratedRegex("^```([a-z]+)\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
