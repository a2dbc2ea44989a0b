using System.Globalization;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities;
using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>A survey that proves how far it can be trusted: here it has learnt from far too few simulations, and must find that out.</summary>
public sealed class ValidationTests(MockSurvey mock)
{
    private const int Surveys = 30, Mocks = 12;

    [Fact]
    public void A_survey_of_networks_that_know_too_little_is_found_out()
    {
        // More departures are asked for than there are surveys: every survey then has them.
        var run = SurveyProgram.Run(Arguments(mock.Fresh("validated"), departures: Surveys + 1, Mocks)).Expect(0).Json["folder"]!.GetValue<string>();
        var rows = RunTable.Read<RecoveryRow>(Path.Combine(run, WriteValidation.Table));
        Assert.Equal((Surveys + Mocks) * 2 * 3, rows.Count);
        Assert.Equal(Mocks * 2 * 3, rows.Count(row => row.Analysis == "whole"));
        // The same surveys and counts, analysed otherwise.
        var mocks = rows.Where(row => row.Analysis == "whole").ToDictionary(row => (row.Region, row.Survey, row.Parameter));
        Assert.All(mocks.Values, row => Assert.InRange(row.Survey, 0, Mocks - 1));
        var both = rows.Where(row => row.Analysis == "step" && row.Survey < Mocks).Select(row => (Step: row, Whole: mocks[(row.Region, row.Survey, row.Parameter)])).ToList();
        Assert.All(both, pair => Assert.Equal(pair.Step.Truth, pair.Whole.Truth));
        Assert.DoesNotContain(both, pair => pair.Step.Mean == pair.Whole.Mean);
        Assert.Equal(["global", "inner"], rows.Select(row => row.Region).Distinct().Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.True(row is { Rank: >= 0 and <= 1, Credibility: >= 0 and <= 1, StandardDeviation: > 0 }));
        // Every region has the same simulated surveys, and no two of them the same truth.
        Assert.All(rows.GroupBy(row => (row.Survey, row.Parameter)), group => Assert.Single(group.Select(row => row.Truth).Distinct()));
        Assert.Equal(Surveys, rows.Where(row => row is { Region: "global", Parameter: "slope", Analysis: "step" }).Select(row => row.Truth).Distinct().Count());

        // 64 simulations of 16 fields are no training: the joint posteriors of three clusters miss the truth too often.
        var objections = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "published", "survey", "validation.json")))!["objections"]!.AsArray();
        Assert.Contains(objections, told => told!.GetValue<string>().Contains("hold the truth in", StringComparison.Ordinal));
        var page = File.ReadAllText(Path.Combine(run, WriteValidation.Page));
        Assert.All(objections, told => Assert.Contains(told!.GetValue<string>(), page, StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(run, "report", "index.html")));
        foreach (var departure in (string[])["Mocks, analysed as data are", "No turbulence", "Log-normal fluctuations", "The second order left in", "More holes"]) Assert.Contains($"<h3>{departure}</h3>", page, StringComparison.Ordinal);
        Assert.Contains($"{Surveys} surveys with sigma = 0.01", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_surveys_that_cannot_be_and_a_truth_that_is_none_are_refused_before_anything_is_made()
    {
        var home = mock.Fresh("refused");
        foreach (var command in (string[])["run", "plan"])
        {
            var refused = SurveyProgram.Run([.. Arguments(home).Select(word => word == "run" ? command : word), "--set", "Surveys=0", "--set", "Mocks=9", "--set", "Departures=-3"]).Expect(2).Errors;
            Assert.Contains("input 'Surveys': found \"0\", expected a whole number, at least 10", refused, StringComparison.Ordinal);
            Assert.Contains("input 'Mocks': found \"9\", expected 0 for none, or a whole number, at least 10", refused, StringComparison.Ordinal);
            Assert.Contains("input 'Departures': found \"-3\"", refused, StringComparison.Ordinal);
        }
        Assert.Contains("found no such file", SurveyProgram.Run([.. mock.Arguments(home), "--set", $"Truth={Path.Combine(home, "none.csv")}"]).Expect(2).Errors, StringComparison.Ordinal);
        Assert.Contains("expected the header cluster,region", SurveyProgram.Run([.. mock.Arguments(home), "--set", $"Truth={Path.Combine(mock.Maps, "sample.csv")}"]).Expect(2).Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home) && Directory.EnumerateFileSystemEntries(home).Any());
    }

    [Fact]
    public void Every_network_of_a_survey_is_calibrated_and_what_fails_is_flagged_wherever_it_counts()
    {
        var home = mock.Fresh("calibrated");
        var run = mock.Survey(home, "--set", "calibration=200")["folder"]!.GetValue<string>();
        AssertLearntFromBeyondThePrior(home);
        var rows = RunTable.Read<CalibrationRow>(Path.Combine(run, "calibration.parquet"));
        Assert.Equal(3 * 2 * 8, rows.Count);
        Assert.All(rows, row => Assert.True(row is { Cases: 200, PValue: >= 0 and <= 1 } && row.PValueHolm >= row.PValue && row.Passed == row.PValueHolm >= 0.01));
        var failing = rows.Where(row => !row.Passed).Select(row => (row.Cluster, row.Region)).Distinct().ToList();
        // 64 simulations of 16 fields are no training, and networks that are larger do not learn more from them.
        Assert.NotEmpty(failing);
        Assert.All(rows.Where(row => !row.Passed), row => Assert.True(row.Retrained));
        Assert.All(RunTable.Read<ClusterRow>(Path.Combine(run, "clusters.parquet")), row =>
            Assert.Equal(failing.Contains((row.Cluster, row.Region)), row.Flags.Split(';').Contains("not calibrated")));
        Assert.All(RunTable.Read<SubsampleRow>(Path.Combine(run, "subsamples.parquet")).Where(row => row.Subsample == "all"), row =>
            Assert.Equal(failing.Count(network => network.Region == row.Region) is var count and > 0 ? $"not calibrated: {count} of 3 networks" : "", row.Flags));
        Assert.Contains($"{failing.Count} of 6 networks fail", File.ReadAllText(Path.Combine(run, "report", "index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_validation_is_the_same_on_one_core_and_on_two_and_shares_the_work_of_the_survey()
    {
        var home = mock.Fresh("validated twice");
        mock.Survey(home);
        var first = SurveyProgram.Run(Arguments(home)).Expect(0).Json;
        Assert.True(first["from_cache"]!.GetValue<int>() >= 3 * 7, first.ToJsonString());
        var alone = SurveyProgram.RunWith("CLUSTERSURVEY_CORES", "1", Arguments(mock.Fresh("validated alone"))).Expect(0).Json;
        foreach (var table in (string[])[WriteValidation.Table, "samples.parquet"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(first["folder"]!.GetValue<string>(), table)), File.ReadAllBytes(Path.Combine(alone["folder"]!.GetValue<string>(), table)));
    }

    // Networks learn the ends of the prior from both sides, and are judged within it.
    private static void AssertLearntFromBeyondThePrior(string home)
    {
        var simulated = StoreRecords.Of(home, "Survey.SimulateSpectra").Where(record => record["ingredients"]!["part"] is not null)
            .ToLookup(record => record["ingredients"]!["input:Purpose"]!.GetValue<string>(), record => Slopes(home, record["outputs"]!["SimulationTables"]!));
        Assert.Equal(["calibration", "training"], simulated.Select(purpose => purpose.Key).Order(StringComparer.Ordinal));
        Assert.All(simulated["calibration"], slopes => Assert.True(slopes.Min() >= 2 && slopes.Max() <= 6));
        Assert.All(simulated["training"], slopes => Assert.True(slopes.Min() >= 1.68 && slopes.Max() <= 6.32));
        Assert.Contains(simulated["training"].SelectMany(slopes => slopes), slope => slope is < 2 or > 6);
    }

    private static double[] Slopes(string home, JsonNode table)
    {
        var numbers = ParquetTable.ReadNumbers(StoreRecords.PathOf(home, table));
        return numbers.Select([numbers.Columns.ToList().IndexOf("slope")]).Values;
    }

    private string[] Arguments(string home, int departures = 0, int mocks = 0) => [.. mock.Arguments(home).Select(word => word == "cluster-survey" ? "validate-survey" : word),
        "--set", string.Create(CultureInfo.InvariantCulture, $"Surveys={Surveys}"), "--set", string.Create(CultureInfo.InvariantCulture, $"Departures={departures}"), "--set", string.Create(CultureInfo.InvariantCulture, $"Mocks={mocks}")];
}
