using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Runner.Runs;

namespace ClusterSurvey.Runner.Tests.Runs;

public sealed class RunChangesTests
{
    private static readonly RunManifest manifest = new()
    {
        RunId = "before", Definition = "cluster-survey", Seed = 1, Date = "2026-11-25 01:06 UTC", Versions = new Dictionary<string, string> { ["clustersurvey"] = "0.1.0" }, Machine = new Dictionary<string, string> { ["cores"] = "2" },
        Settings = JsonNode.Parse("""{"draws":200}""")!.AsObject(), Inputs = [new ManifestInput("expo.fits", new string('a', 64), 3)],
    };

    private static readonly ComparedRun run = new() { Manifest = manifest, Clusters = ["A85", "A644"], Posteriors = [Cluster("A85", 0), Cluster("A644", 0)] };

    [Fact]
    public void Rerun_of_the_same_says_that_nothing_moved()
        => Assert.Equal("no posterior moved", Changes(run with { Manifest = manifest with { RunId = "after" } }).InOneLine);

    [Fact]
    public void New_cluster_new_exposure_other_settings_and_other_code_are_told_with_what_moved()
    {
        var after = run with
        {
            Manifest = manifest with
            {
                RunId = "after", Settings = JsonNode.Parse("""{"draws":300}""")!.AsObject(), Versions = new Dictionary<string, string> { ["clustersurvey"] = "0.2.0" }, Inputs = [new ManifestInput("expo.fits", new string('b', 64), 3)],
            },
            Clusters = ["A85", "A644", "A3158"], Posteriors = [Cluster("A85", -1), Cluster("A644", 0), Cluster("A3158", 0)],
        };
        var changes = Changes(after);

        // The median moved by 1; both half widths are 0.1.
        Assert.Equal("new: A3158; files: expo.fits; settings: draws 200 -> 300; code: clustersurvey \"0.1.0\" -> \"0.2.0\"; 1 of 8 posteriors moved, by up to -7.07 sigma (A85, inner, log10_sigma)", changes.InOneLine);
        var page = changes.ToMarkdown();
        Assert.StartsWith("# What changed from before to after\n", page, StringComparison.Ordinal);
        Assert.Contains("\n| A3158 | not asked for | measured |\n", page, StringComparison.Ordinal);
        Assert.Contains("\n| draws | 200 | 300 |\n", page, StringComparison.Ordinal);
        Assert.Contains("\n| A85 | inner | log10_sigma | 0 | -1 | -7.07 |\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("| A644 | inner", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_lists_are_cut_in_the_line_and_whole_on_the_page()
    {
        var names = Enumerable.Range(1, 9).Select(number => $"C{number}").ToList();
        var changes = Changes(run with { Clusters = [.. run.Clusters, .. names], Posteriors = [.. run.Posteriors, .. names.Select(name => Cluster(name, 0))] });
        Assert.StartsWith("new: C1, C2, C3, C4, C5 and 4 more; ", changes.InOneLine, StringComparison.Ordinal);
        Assert.Contains("| C9 | not asked for | measured |", changes.ToMarkdown(), StringComparison.Ordinal);
    }

    private static RunChanges Changes(ComparedRun after) => new(new RunComparison(run, after));

    private static ClusterRow Cluster(string name, double median) => new()
    {
        Cluster = name, Region = "inner", Redshift = 0.05, R500Kpc = 1000, Flags = "",
        Log10Sigma = new Interval(median, median - 0.1, median + 0.1), Log10InjectionScale = new Interval(0, -1, 1), Slope = new Interval(0, -1, 1), MachNumber = new Interval(0, -1, 1),
    };
}
