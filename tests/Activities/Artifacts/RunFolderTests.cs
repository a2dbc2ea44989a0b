using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Survey;

namespace ClusterSurvey.Activities.Tests.Artifacts;

public sealed class RunFolderTests : IDisposable
{
    private readonly RunFolder run = new(Directory.CreateTempSubdirectory("clustersurvey").FullName);

    public void Dispose() => Directory.Delete(run.Path, recursive: true);

    [Fact]
    public void What_is_published_comes_back_in_the_order_of_names_whatever_they_hold()
    {
        foreach (var name in (string[])["b", "A 85/x", "a"]) run.Publish("clusters", name, new JsonObject { ["name"] = name });
        run.Publish("clusters", "a", new JsonObject { ["name"] = "a, again" });
        Assert.Equal(["A 85/x", "a", "b"], run.Published("clusters").Select(entry => entry.Name));
        Assert.Equal("a, again", run.Published("clusters")[1].Value["name"]!.GetValue<string>());
        Assert.Empty(run.Published("nothing"));
    }

    [Fact]
    public void A_cluster_that_was_set_aside_and_came_through_leaves_no_failure()
    {
        QuarantinedCluster.Publish(run, "A85", new FailedStep("Load maps", "", 1), "broken", "copy it again", [new Problem("a.fits", "half a file", "a whole one", "copy it again")]);
        QuarantinedCluster.Publish(run, "A644", new FailedStep("Train likelihoods", "II", 3), "out of memory", "use fewer cores", []);
        var rows = QuarantinedCluster.ReadAll(run);
        Assert.Equal([("A644", "failure"), ("A85", "bad_input")], rows.Select(row => (row.Cluster, row.Kind)));
        Assert.Equal("copy it again", rows[1].Remedy);
        QuarantinedCluster.Forget(run, "A85");
        QuarantinedCluster.Forget(run, "never there");
        Assert.Single(run.Published(QuarantinedCluster.Group));
    }

    [Fact]
    public void Truth_goes_through_its_file_unchanged_and_rubbish_is_named()
    {
        TruthRow[] rows = [new("A85", "I", -0.7, -0.5, 11.0 / 3), new("A85", "global", -0.7, -0.5, 11.0 / 3)];
        TruthTable.Write(run.FileAt("truth.csv"), rows);
        Assert.Equal(rows, TruthTable.Read(run.FileAt("truth.csv")));
        File.WriteAllText(run.FileAt("bad.csv"), "cluster,region,log10_sigma,log10_injection_scale,slope\nA85,I,x,1,2\n");
        var error = Assert.Throws<BadInputException>(() => TruthTable.Read(run.FileAt("bad.csv")));
        Assert.EndsWith("bad.csv:2", error.Problems[0].Where, StringComparison.Ordinal);
    }
}
