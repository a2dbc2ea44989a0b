using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Workflows.Planning;

namespace ClusterSurvey.Runner.Tests.Runs;

public sealed class RunComparisonTests
{
    private static readonly RunManifest manifest = new()
    {
        RunId = "run", Definition = "cluster-survey", Seed = 1, Date = "2026-11-25 01:06 UTC", Versions = new Dictionary<string, string> { ["clustersurvey"] = "0.1.0" }, Machine = new Dictionary<string, string> { ["cores"] = "2" },
        Arguments = Object("""{"Sample":"a.csv","Overrides":{"draws":200}}"""), Settings = Object("""{"draws":200,"regions":[{"name":"inner","outer":0.5}]}"""),
        Inputs = [new ManifestInput("counts.fits", new string('a', 64), 3)],
    };

    private static readonly ComparedRun run = new()
    {
        Manifest = manifest, Clusters = ["A85", "A644"], Posteriors = [Cluster("A85", 0, 1), Cluster("A644", 0, 1)], StepVersions = new Dictionary<string, int> { ["Load maps"] = 1 },
        Definition = Object("""{"id":"v1","version":1,"root":{"id":"flow1","metadata":{"designer":{"position":{"x":0}}},"activities":[{"id":"say","name":"say","text":{"expression":{"type":"Literal","value":"hello"}}}]}}"""),
    };

    [Fact]
    public void A_run_does_not_differ_from_itself()
    {
        var comparison = new RunComparison(run, run);
        Assert.Empty(comparison.Inputs.Concat(comparison.Files).Concat(comparison.Settings).Concat(comparison.Workflow).Concat(comparison.Code));
        Assert.Empty(comparison.Ends);
        Assert.All(comparison.Posteriors, shift => Assert.Equal(0, shift.Sigmas));
    }

    [Fact]
    public void Settings_are_told_one_by_one_and_not_again_as_inputs()
    {
        var other = run with { Manifest = manifest with { Arguments = Object("""{"Sample":"b.csv","Overrides":{"draws":300}}"""), Settings = Object("""{"draws":300,"regions":[{"name":"inner","outer":0.6}]}"""), Seed = 2 } };
        var comparison = new RunComparison(run, other);
        Assert.Equal([new FieldChange("draws", "200", "300"), new FieldChange("regions[inner].outer", "0.5", "0.6")], comparison.Settings);
        Assert.Equal([new FieldChange("Sample", "\"a.csv\"", "\"b.csv\""), new FieldChange("seed", "1", "2")], comparison.Inputs);
    }

    [Fact]
    public void Settings_that_a_run_never_read_stand_with_its_inputs()
    {
        var other = run with { Manifest = manifest with { Arguments = Object("""{"Sample":"a.csv","Overrides":{"draws":300}}"""), Settings = [] } };
        Assert.Equal(new FieldChange("Overrides.draws", "200", "300"), Assert.Single(new RunComparison(run, other).Inputs));
    }

    [Fact]
    public void Files_are_told_by_their_content()
    {
        var other = run with { Manifest = manifest with { Inputs = [new ManifestInput("counts.fits", new string('b', 64), 3), new ManifestInput("new.fits", new string('c', 64), 3)] } };
        Assert.Equal(["counts.fits", "new.fits"], new RunComparison(run, other).Files.Select(change => change.Field));
    }

    [Fact]
    public void Where_an_activity_stands_on_the_canvas_is_no_change_but_what_it_does_is()
    {
        var moved = run with { Definition = Object("""{"id":"v2","version":2,"root":{"id":"flow1","metadata":{"designer":{"position":{"x":9}}},"activities":[{"id":"say","name":"say","text":{"expression":{"type":"Literal","value":"hello"}}}]}}""") };
        Assert.Empty(new RunComparison(run, moved).Workflow);
        var changed = run with { Definition = Object("""{"id":"v2","version":2,"root":{"id":"flow1","activities":[{"id":"say","name":"say","text":{"expression":{"type":"Literal","value":"good day"}}}]}}""") };
        Assert.Equal("root.activities[say].text.expression.value", Assert.Single(new RunComparison(run, changed).Workflow).Field);
    }

    [Fact]
    public void Versions_of_the_program_and_of_steps_are_told()
    {
        var other = run with { Manifest = manifest with { Versions = new Dictionary<string, string> { ["clustersurvey"] = "0.2.0" } }, StepVersions = new Dictionary<string, int> { ["Load maps"] = 2 } };
        Assert.Equal([new FieldChange("clustersurvey", "\"0.1.0\"", "\"0.2.0\""), new FieldChange("step Load maps", "1", "2")], new RunComparison(run, other).Code);
    }

    [Fact]
    public void A_point_spread_function_of_a_cluster_that_one_run_left_out_is_no_change()
    {
        ComparedRun With(params (string, string)[] functions) => run with { Manifest = manifest with { PointSpreadFunctions = functions.ToDictionary(function => function.Item1, function => function.Item2) } };
        Assert.Equal("point spread functions.A85", Assert.Single(new RunComparison(With(("A85", "none"), ("A644", "none")), With(("A85", "King"))).Code).Field);
    }

    [Fact]
    public void A_shift_is_measured_in_the_combined_width()
    {
        // Half widths 3 and 4 give 5; the median moves by 10.
        var shift = new PosteriorShift("A85", "inner", "slope", new Interval(0, -3, 3), new Interval(10, 6, 14));
        Assert.Equal(2, shift.Sigmas!.Value, 12);
        Assert.Equal(-2, (shift with { Left = shift.Right, Right = shift.Left }).Sigmas!.Value, 12);
        Assert.Null((shift with { Right = null }).Sigmas);
        Assert.Null((shift with { Left = new Interval(0, 0, 0), Right = new Interval(1, 1, 1) }).Sigmas);
    }

    [Fact]
    public void The_largest_shift_stands_first_and_what_one_run_has_alone_last()
    {
        var other = run with { Posteriors = [Cluster("A85", 1, 1), Cluster("A644", -3, 1), Cluster("A1644", 0, 1)] };
        Assert.Equal(["A644", "A85", "A1644"], new RunComparison(run, other).Posteriors.Select(shift => shift.Subject).Distinct());
    }

    [Fact]
    public void Groups_of_one_name_in_two_divisions_are_held_apart()
    {
        SubsampleRow Group(string grouping, string name, double median) => new()
        {
            Grouping = grouping, Subsample = name, Where = "", Clusters = 1, ClusterNames = "A85", Region = "inner", Flags = "",
            Log10Sigma = new Interval(median, median - 1, median + 1), Log10InjectionScale = null, Slope = null,
        };
        var left = run with { Joint = [Group("", "all", 0), Group("mass", "I", 0), Group("redshift", "I", 0)] };
        var right = run with { Joint = [Group("", "all", 1), Group("mass", "I", 2), Group("redshift", "I", 3)] };
        Assert.Equal([("all", 1.0), ("mass: I", 2.0), ("redshift: I", 3.0)],
            new RunComparison(left, right).Joint.Where(shift => shift.Parameter == "log10_sigma").Select(shift => (shift.Subject, shift.Right!.Value.Median - shift.Left!.Value.Median)));
    }

    [Fact]
    public void A_cluster_that_one_run_set_aside_or_left_out_is_told_with_the_reason()
    {
        var failure = new FailureRow { Cluster = "A644", Region = "", Step = "Load maps", Kind = "bad_input", Where = "counts.fits", Found = "no map", Expected = "a map", Remedy = "get it again", Attempts = 1 };
        var other = run with { Clusters = ["A644", "A1644"], Failures = [failure], Posteriors = [Cluster("A1644", 0, 1)] };
        Assert.Equal(
            [("A85", "measured", "not asked for"), ("A644", "measured", "set aside: Load maps: counts.fits: found no map, expected a map"), ("A1644", "not asked for", "measured")],
            new RunComparison(run, other).Ends);
    }

    private static ClusterRow Cluster(string name, double median, double halfWidth) => new()
    {
        Cluster = name, Region = "inner", Redshift = 0.05, R500Kpc = 1000, Flags = "",
        Log10Sigma = new Interval(median, median - halfWidth, median + halfWidth), Log10InjectionScale = new Interval(0, -1, 1), Slope = new Interval(0, -1, 1), MachNumber = new Interval(0, -1, 1),
    };

    private static JsonObject Object(string json) => JsonNode.Parse(json)!.AsObject();
}
