using System.Globalization;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Physics.Conversions;
using DuckDB.NET.Data;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

public sealed class SurveyTests(MockSurvey survey)
{
    [Fact]
    public void A_survey_leaves_every_table_readable_by_other_programs()
    {
        Assert.Equal("cluster,region,scale_r500,scale_kpc,power,null_power,s", Columns("spectra"));
        Assert.Equal("cluster,region,draw,log10_sigma,log10_injection_scale,slope", Columns("samples"));
        Assert.Equal("cluster,region,test,parameter,cases,statistic,p_value,p_value_holm,passed,retrained", Columns("calibration"));
        Assert.Equal("cluster,region,step,kind,where,found,expected,remedy,attempts", Columns("failures"));
        Assert.Contains("log10_sigma_median,log10_sigma_low68,log10_sigma_high68", Columns("clusters"), StringComparison.Ordinal);
        Assert.Contains("where_sql", Columns("subsamples"), StringComparison.Ordinal);

        Assert.Equal(3 * 2 * 4, Number("SELECT count(*) FROM '{0}/spectra.parquet' WHERE abs(s - (ln(power) - ln(null_power))) < 1e-9"));
        Assert.Equal(3 * 2, Number("SELECT count(*) FROM '{0}/clusters.parquet' WHERE log10_sigma_low68 < log10_sigma_median AND log10_sigma_median < log10_sigma_high68 AND counts > 0"));
        Assert.Equal((3 + 1) * 2 * 200, Number("SELECT count(*) FROM '{0}/samples.parquet' WHERE isfinite(log10_sigma) AND isfinite(log10_injection_scale) AND isfinite(slope)"));
        Assert.Equal(2 * 200, Number("SELECT count(*) FROM '{0}/samples.parquet' WHERE cluster = ''"));
        Assert.Equal(2, Number("SELECT count(*) FROM '{0}/subsamples.parquet' WHERE clusters = 3"));
        Assert.Equal(0, Number("SELECT count(*) FROM '{0}/failures.parquet'"));

        // Each relation for the three clusters and the joint posterior; the selected one is what the tables of the posteriors have.
        Assert.Equal((3 + 1) * 2 * MachCalibration.All.Count, Number("SELECT count(*) FROM '{0}/mach.parquet' WHERE (mach_3d_median IS NULL) = (defined < 0.5)"));
        Assert.Equal(3 * 2, Number("SELECT count(*) FROM '{0}/mach.parquet' AS m JOIN '{0}/clusters.parquet' AS c USING (cluster, region) WHERE m.selected AND m.mach_3d_median = c.mach_3d_median AND m.mach_3d_high68 = c.mach_3d_high68"));
        Assert.Equal(2, Number("SELECT count(*) FROM '{0}/mach.parquet' AS m JOIN '{0}/subsamples.parquet' AS s USING (grouping, subsample, region) WHERE m.selected AND m.mach_3d_median = s.mach_3d_median AND s.clusters = 3"));

        Assert.Equal(3 * 2, Number("SELECT count(*) FROM '{0}/clusters.parquet' WHERE concentration_measured > 0 AND concentration_measured_error > 0 AND morphology_coverage BETWEEN 0.5 AND 1"));
        Assert.Equal(0, Number("SELECT count(*) FROM '{0}/population.parquet'"));
        // Three clusters are too few for a trend: the rows are there and say so.
        Assert.Equal(2 * 8, Number("SELECT count(*) FROM '{0}/trends.parquet' WHERE slope_median IS NULL AND clusters <= 3"));
    }

    [Fact]
    public void The_population_of_the_clusters_is_inferred_from_the_likelihoods_that_are_there()
    {
        var run = survey.Survey(survey.Home, "--set", "population=normal");
        Assert.Equal(["InferPopulations"], Json(Path.Combine(run["folder"]!.GetValue<string>(), "manifest.json"))["steps"]!.AsArray()
            .Where(step => !step!["fromCache"]!.GetValue<bool>() && step["seconds"]!.GetValue<double>() > 0).Select(step => step!["step"]!.GetValue<string>()).Where(step => step is "InferPopulations" or "TrainLikelihoods" or "EvaluateLikelihoods"));
        var rows = RunTable.Read<PopulationRow>(Path.Combine(run["folder"]!.GetValue<string>(), "population.parquet"));
        Assert.Equal(["global", "inner"], rows.Select(row => row.Region).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal(3, row.Clusters));
    }

    [Fact]
    public void A_survey_leaves_the_likelihood_of_every_cluster_and_region_on_one_grid()
    {
        foreach (var cluster in (string[])["A85", "A644", "A1644"])
        {
            foreach (var region in (string[])["inner", "global"])
            {
                var cube = Npy.Read(Path.Combine(survey.Run, "likelihoods", cluster, $"{region}.npy"));
                Assert.Equal([12, 12, 12], cube.Shape);
                Assert.All(cube.Values, value => Assert.True(double.IsFinite(value)));
            }
            var axes = Json(Path.Combine(survey.Run, "likelihoods", cluster, "grid.json"))["axes"]!.AsArray();
            Assert.Equal(["log10_sigma", "log10_injection_scale", "slope"], axes.Select(axis => axis!["name"]!.GetValue<string>()));
        }
    }

    [Fact]
    public void The_manifest_says_what_a_result_came_from()
    {
        var manifest = Json(Path.Combine(survey.Run, "manifest.json"));
        Assert.Equal(1UL, manifest["seed"]!.GetValue<ulong>());
        Assert.Equal("Finished", manifest["status"]!.GetValue<string>());
        Assert.Equal(64, manifest["settings"]!["simulations"]!.GetValue<int>());
        Assert.Equal("instrument", manifest["settings"]!["psf"]!.GetValue<string>());
        Assert.Equal(["A1644", "A644", "A85"], manifest["pointSpreadFunctions"]!.AsObject().Select(entry => entry.Key));
        Assert.All(manifest["pointSpreadFunctions"]!.AsObject(), entry => Assert.StartsWith("0.653 of (King, core radius 6.6 arcsec", entry.Value!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Equal(12, manifest["inputs"]!.AsArray().Count(input => input!["sha256"]!.GetValue<string>().Length == 64));
        Assert.Contains("A644", manifest["steps"]!.AsArray().Where(step => step!["step"]!.GetValue<string>() == "SimulateSpectra").Select(step => step!["cluster"]!.GetValue<string>()));
    }

    [Fact]
    public void The_report_is_whole_and_needs_no_network()
    {
        var page = File.ReadAllText(Path.Combine(survey.Run, "report", "index.html"));
        foreach (var cluster in (string[])["A85", "A644", "A1644"]) Assert.Contains($">{cluster}<", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>", page.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotMatch("""(src|href|url\()\s*=?\s*["']?\s*(https?:|//)""", page);
        Assert.DoesNotMatch(">NaN<|=\"NaN|,NaN", page);
    }

    [Fact]
    public void The_pages_of_the_report_link_to_each_other_and_to_the_files_of_every_figure()
    {
        var folder = Path.Combine(survey.Run, "report");
        var pages = Directory.EnumerateFiles(folder, "*.html").Select(file => Path.GetFileName(file)).ToArray();
        foreach (var page in (string[])["index.html", "region-inner.html", "region-global.html", "cluster-A85.html", "cluster-A644.html", "cluster-A1644.html"]) Assert.Contains(page, pages);
        var links = pages.SelectMany(page => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(Path.Combine(folder, page)), "href=\"([^\"#:]+)[\"#]").Select(match => match.Groups[1].Value)).Distinct().ToArray();
        Assert.All(links, link => Assert.True(new FileInfo(Path.Combine(folder, link)) is { Exists: true, Length: > 100 }, link));
        var figures = Directory.EnumerateFiles(Path.Combine(folder, "figures")).Select(file => $"figures/{Path.GetFileName(file)}").ToArray();
        Assert.Equal(figures.Order(StringComparer.Ordinal), links.Where(link => link.StartsWith("figures/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("figures/maps-A85.pdf", figures);
        Assert.Contains("@article{Arevalo2012,", File.ReadAllText(Path.Combine(folder, "methods.bib")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_survey_again_computes_nothing_and_says_the_same()
    {
        var again = survey.Survey(survey.Home);
        var steps = Json(Path.Combine(again["folder"]!.GetValue<string>(), "manifest.json"))["steps"]!.AsArray();
        string[] neverKnown = ["LoadSettings", "LoadSample", "PublishCluster", "GatherClusters", "GatherSimulations", "WriteTables", "WriteReport"];
        Assert.All(steps, step => Assert.Equal(!neverKnown.Contains(step!["step"]!.GetValue<string>()), step["fromCache"]!.GetValue<bool>()));
        Assert.Equal(MockSurvey.Hashes(survey.Run), MockSurvey.Hashes(again["folder"]!.GetValue<string>()));
    }

    // Three clusters on two cores: the last one has both of them once the others are done.
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("5")]
    public void A_survey_on_any_number_of_cores_gives_the_same_bytes(string cores)
    {
        var outcome = SurveyProgram.RunWith("CLUSTERSURVEY_CORES", cores, survey.Arguments(survey.Fresh($"{cores} cores"))).Expect(ExitCode.Done);
        Assert.Equal(MockSurvey.Hashes(survey.Run), MockSurvey.Hashes(outcome.Json["folder"]!.GetValue<string>()));
    }

    [Fact]
    public void Another_seed_and_a_choice_of_clusters_are_another_survey()
    {
        var other = survey.Survey(survey.Fresh("other"), "--seed", "2", "--clusters", "A644")["folder"]!.GetValue<string>();
        Assert.Equal(["A644"], Directory.EnumerateDirectories(Path.Combine(other, "likelihoods")).Select(folder => Path.GetFileName(folder)!));
        Assert.NotEqual(Hash(survey.Run, "A644"), Hash(other, "A644"));
        static string Hash(string run, string cluster) => MockSurvey.Hashes(run)[Path.Combine("likelihoods", cluster, "global.npy")];
    }

    [Fact]
    public void Any_sub_sample_is_combined_from_the_likelihoods_of_a_run()
    {
        using var folder = new ScratchFolder();
        var all = SurveyProgram.Run("combine", survey.Run).Expect(0).Json;
        var near = SurveyProgram.Run("combine", survey.Run, "--where", "redshift < 0.06", "--region", "inner", "--csv", folder["draws.csv"]).Expect(0).Json;
        Assert.Equal(3, all["clusters"]!.AsArray().Count);
        Assert.Equal(["A1644", "A85"], near["clusters"]!.AsArray().Select(name => name!.GetValue<string>()).Order(StringComparer.Ordinal));
        foreach (var name in (string[])["log10_sigma", "log10_injection_scale", "slope"])
        {
            var parameter = near["parameters"]![name]!;
            Assert.InRange(parameter["median"]!.GetValue<double>(), parameter["low68"]!.GetValue<double>(), parameter["high68"]!.GetValue<double>());
        }
        Assert.Equal("log10_sigma,log10_injection_scale,slope", File.ReadLines(folder["draws.csv"]).First());
        // The joint posterior of the run is the same product of the same likelihoods.
        Assert.Equal(Number("SELECT log10_sigma_median FROM '{0}/subsamples.parquet' WHERE region = 'global'"), all["parameters"]!["log10_sigma"]!["median"]!.GetValue<double>(), 1e-12);
    }

    [Fact]
    public void Declared_sub_samples_are_what_combine_gives_and_compute_nothing_else()
    {
        JsonNode Run(string subsamples) => survey.Survey(survey.Home, "--set", "exclude=[{\"name\":\"A644\",\"reason\":\"merger\"},{\"name\":\"A9999\",\"reason\":\"absent\"}]",
            "--set", $"subsamples=[{{\"name\":\"z\",\"groups\":[{subsamples}]}}]");
        const string near = "{\"name\":\"near\",\"where\":\"redshift < 0.05\"}", far = "{\"name\":\"far\",\"where\":\"redshift >= 0.05\"}", none = "{\"name\":\"none\",\"where\":\"redshift > 9\"}";
        var told = Run($"{near},{far},{none}");
        var (first, second) = (told["folder"]!.GetValue<string>(), Run($"{far},{near}")["folder"]!.GetValue<string>());

        SubsampleRow[] Rows(string run) => [.. RunTable.Read<SubsampleRow>(Path.Combine(run, "subsamples.parquet")).OrderBy(row => row.Subsample).ThenBy(row => row.Region)];
        Assert.Equal(Rows(first), Rows(second));
        Assert.Equal(["A1644;A85"], Rows(first).Where(row => row.Grouping.Length == 0).Select(row => row.ClusterNames).Distinct());
        var far85 = Assert.Single(Rows(first), row => row.Subsample == "far" && row.Region == "global");
        Assert.Equal("A85", far85.ClusterNames);
        var combined = SurveyProgram.Run("combine", first, "--where", "name = 'A85'").Expect(0).Json;
        Assert.Equal(far85.Log10Sigma!.Value.Median, combined["parameters"]!["log10_sigma"]!["median"]!.GetValue<double>(), 1e-12);

        var whole = SurveyProgram.Run("combine", first).Expect(0).Json;
        Assert.Equal(["A644"], whole["excluded"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal(Rows(first).Single(row => row.Grouping.Length == 0 && row.Region == "global").Log10Sigma!.Value.Median, whole["parameters"]!["log10_sigma"]!["median"]!.GetValue<double>(), 1e-12);
        Assert.Contains("excludes A644", SurveyProgram.Run("combine", first, "--where", "name = 'A644'").Expect(ExitCode.BadInput).Errors, StringComparison.Ordinal);

        string[] anew = ["LoadSettings", "LoadSample", "PublishCluster", "GatherClusters", "GatherSimulations", "MeasureCommonErrors", "CombineLikelihoods", "InferPopulations", "WriteTables", "WriteReport"];
        Assert.All(Json(Path.Combine(first, "manifest.json"))["steps"]!.AsArray(), step => Assert.True(step!["fromCache"]!.GetValue<bool>() || anew.Contains(step["step"]!.GetValue<string>())));
        var page = File.ReadAllText(Path.Combine(first, "report", "index.html"));
        Assert.Contains("A644: merger", page, StringComparison.Ordinal);
        Assert.Contains("not among the clusters of this run: A9999", page, StringComparison.Ordinal);

        Assert.Equal(["exclude: no cluster of this run is called A9999", "subsamples: the group 'none' of 'z' is empty"], told["notes"]!.AsArray().Select(note => note!.GetValue<string>()));
        var division = RunManifest.Read(new RunFolder(first)).Division;
        Assert.Equal(("A644", "merger"), division.Excluded.Select(cluster => (cluster.Name, cluster.Reason)).Single());
        Assert.Equal([("near", 1), ("far", 1), ("none", 0)], division.Groupings.Single().Groups.Select(group => (group.Name, group.Clusters.Count)));
    }

    [Theory]
    [InlineData("--where", "redshift > 9", "no cluster")]
    [InlineData("--where", "readshift < 1", "redshift")]
    [InlineData("--where", "redshift < 1; DROP TABLE sample", "one")]
    [InlineData("--region", "globl", "did you mean 'global'?")]
    public void A_sub_sample_that_cannot_be_is_refused(string option, string value, string says)
    {
        var outcome = SurveyProgram.Run("combine", survey.Run, option, value).Expect(ExitCode.BadInput);
        Assert.Contains(says, outcome.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Runs_are_listed_and_their_reports_rebuilt()
    {
        var runs = SurveyProgram.Run("runs", "--out", survey.Home, "--json").Expect(0).Json.AsArray();
        var id = survey.First["run"]!.GetValue<string>();
        Assert.Contains(id, runs.Select(run => run!["run"]!.GetValue<string>()));
        Assert.Contains(id, SurveyProgram.Run("runs", "--out", survey.Home).Expect(0).Output, StringComparison.Ordinal);

        var page = Path.Combine(survey.Run, "report", "index.html");
        var before = File.ReadAllText(page);
        File.Delete(page);
        var report = SurveyProgram.Run("report", id, "--out", survey.Home, "--json").Expect(0).Json;
        Assert.Equal(page, report["report"]!.GetValue<string>());
        Assert.Equal(before, File.ReadAllText(page));
    }

    // A workflow can load settings twice; what the first ones led to is then no result of the last.
    [Fact]
    public void Results_of_a_region_that_the_settings_do_not_have_are_told()
    {
        var run = new SurveyRun(new RunFolder(survey.Run), new ArtifactStore(Path.Combine(survey.Home, ".artifacts")));
        Assert.Equal(0.5, run.Region("inner").Outer);
        var told = Assert.Throws<BadInputException>(() => run.Region("outer"));
        Assert.Contains("the region outer", told.Message, StringComparison.Ordinal);
        Assert.Contains("load its settings once", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_not_there_is_answered_with_the_nearest_one()
    {
        var id = survey.First["run"]!.GetValue<string>();
        Assert.Contains($"did you mean '{id}'?", SurveyProgram.Run("report", id[..^1] + "x", "--out", survey.Home).Expect(ExitCode.BadInput).Errors, StringComparison.Ordinal);
    }

    private string Columns(string table) => string.Join(',', Query($"DESCRIBE SELECT * FROM '{{0}}/{table}.parquet'").Select(row => row[0]));

    private double Number(string sql) => Convert.ToDouble(Query(sql).Single()[0], CultureInfo.InvariantCulture);

    private List<object[]> Query(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Format(CultureInfo.InvariantCulture, sql, survey.Run);
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    private static JsonNode Json(string path) => JsonNode.Parse(File.ReadAllText(path))!;
}
