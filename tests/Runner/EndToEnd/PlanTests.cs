using System.Text.Json.Nodes;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

public sealed class PlanTests(MockSurvey survey)
{
    [Fact]
    public void Maps_at_another_place_and_with_other_dates_are_the_same_maps()
    {
        var moved = Copy("moved maps");
        foreach (var file in Directory.EnumerateFiles(moved, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        Assert.Empty(Computed(Plan(moved)));
    }

    [Fact]
    public void Another_pixel_concerns_its_cluster_alone()
    {
        var changed = Copy("changed maps");
        var counts = Assert.Single(Directory.EnumerateFiles(changed, "mosaic_A85.fits.gz", SearchOption.AllDirectories));
        File.Copy(counts.Replace("A85.fits", "A85_bkg.fits", StringComparison.Ordinal), counts, overwrite: true);
        var computed = Computed(Plan(changed));
        Assert.Equal(["A85", ""], computed.Select(step => step["cluster"]!.GetValue<string>()).Distinct());
        var first = Assert.Single(computed, step => step["changes"]!.AsArray().Count > 0);
        Assert.Equal("Survey.LoadMaps", first["step"]!.GetValue<string>());
        Assert.StartsWith("Cluster.", first["changes"]![0]!["field"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_prior_loads_no_map_again()
    {
        var prior = Path.Combine(Copy("another prior"), "prior.json");
        File.WriteAllText(prior, """
            {"parameters":[{"name":"log10_sigma","distribution":"uniform","low":-2,"high":0},
            {"name":"log10_injection_scale","distribution":"uniform","low":-1.3,"high":0.5},{"name":"slope","distribution":"uniform","low":2,"high":5}]}
            """);
        var computed = Computed(Plan(survey.Maps, "--set", $"prior={prior}"));
        var simulations = computed.Where(step => step["step"]!.GetValue<string>() == "Survey.SimulateSpectra").ToArray();
        Assert.Equal(3, simulations.Length);
        Assert.All(simulations, step => Assert.Equal("Prior.parameters[slope].high 6 -> 5", step["reason"]!.GetValue<string>()));
        Assert.DoesNotContain(computed, step => step["step"]!.GetValue<string>() is "Survey.LoadMaps" or "Survey.FitMeanModel" or "Survey.MeasureSpectra");
    }

    [Fact]
    public void Another_telescope_fits_the_mean_model_again_and_reads_no_maps_again()
    {
        var computed = Computed(Plan(survey.Maps, "--set", "psf=none"));
        var fits = computed.Where(step => step["step"]!.GetValue<string>() == "Survey.FitMeanModel").ToArray();
        Assert.Equal(3, fits.Length);
        Assert.All(fits, step => Assert.Equal("Psf \"instrument\" -> \"none\"", step["reason"]!.GetValue<string>()));
        Assert.Equal(3, computed.Count(step => step["step"]!.GetValue<string>() == "Survey.SimulateSpectra"));
        Assert.DoesNotContain(computed, step => step["step"]!.GetValue<string>() is "Survey.LoadMaps");
    }

    [Fact]
    public void Another_sky_simulates_again_and_measures_nothing_again()
    {
        const string reason = "UnresolvedPower \"none\" -> \"1e-8:1e-6\"";
        var computed = Computed(Plan(survey.Maps, "--set", "unresolved_power=1e-8:1e-6"));
        var simulations = computed.Where(step => step["step"]!.GetValue<string>() == "Survey.SimulateSpectra").ToArray();
        Assert.Equal(3, simulations.Length);
        Assert.All(simulations, step => Assert.Equal(reason, step["reason"]!.GetValue<string>()));
        Assert.DoesNotContain(computed, step => step["step"]!.GetValue<string>() is "Survey.LoadMaps" or "Survey.FitMeanModel" or "Survey.MeasureSpectra");
    }

    [Fact]
    public void Another_boundary_of_a_region_concerns_that_region_alone()
    {
        string[] change = ["--set", """regions=[{"name":"inner","inner":0,"outer":0.6},{"name":"global","inner":0,"outer":1},{"name":"shell","inner":0.5,"outer":1}]"""];
        var computed = Computed(Plan(survey.Maps, change));
        var simulations = Assert.Single(computed, step => step["step"]!.GetValue<string>() == "Survey.SimulateSpectra" && step["cluster"]!.GetValue<string>() == "A85");
        var regions = simulations["regions"]!.AsArray().ToDictionary(region => region!["region"]!.GetValue<string>());
        Assert.True(regions["global"]!["cached"]!.GetValue<bool>());
        Assert.Equal(("Region.outer", "0.5", "0.6"), Change(regions["inner"]!["changes"]![0]!));
        Assert.Equal("was not there in the last run", regions["shell"]!["reason"]!.GetValue<string>());
        var training = Assert.Single(computed, step => step["step"]!.GetValue<string>() == "Survey.TrainLikelihoods" && step["cluster"]!.GetValue<string>() == "A85");
        Assert.Equal(["global"], training["regions"]!.AsArray().Where(region => region!["cached"]!.GetValue<bool>()).Select(region => region!["region"]!.GetValue<string>()));

        // What was planned is what happens, and it gives what a survey gives that never knew other regions.
        var home = survey.Fresh("other regions");
        _ = survey.Survey(home, "--clusters", "A85");
        var results = Results(home, "Survey.SimulateSpectra");
        var changed = survey.Survey(home, ["--clusters", "A85", .. change])["folder"]!.GetValue<string>();
        var whole = survey.Survey(survey.Fresh("other regions anew"), ["--clusters", "A85", .. change])["folder"]!.GetValue<string>();
        Assert.Equal(MockSurvey.Hashes(whole), MockSurvey.Hashes(changed));
        var added = Results(home, "Survey.SimulateSpectra").Except(results).Select(result => result.Part).Order().ToArray();
        Assert.Equal([null, "inner", "shell"], added);
    }

    private static (string Field, string Old, string New) Change(JsonNode change) => (change["field"]!.GetValue<string>(), change["old"]!.GetValue<string>(), change["new"]!.GetValue<string>());

    // The records of a step in the artifact store of some runs, and of which of its parts they are.
    private static HashSet<(string Key, string? Part)> Results(string home, string step)
        => [.. StoreRecords.Of(home, step).Select(record => (record["key"]!.GetValue<string>(), record["ingredients"]!["part"]?.GetValue<string>()))];

    [Fact]
    public void A_plan_for_a_folder_that_is_not_there_does_not_make_it()
    {
        var home = survey.Fresh("nothing yet");
        var arguments = survey.Arguments(home);
        arguments[0] = "plan";
        var plan = SurveyProgram.Run(arguments).Expect(0).Json;
        Assert.Equal(0, plan["cached"]!.GetValue<int>());
        Assert.False(Directory.Exists(home));
    }

    private JsonNode Plan(string maps, params string[] more)
    {
        var arguments = survey.Arguments(survey.Home, more);
        arguments[0] = "plan";
        return SurveyProgram.Run([.. arguments.Select(argument => argument == survey.Maps ? maps : argument.Replace(survey.Maps + "/", maps + "/", StringComparison.Ordinal))]).Expect(0).Json;
    }

    // Steps that write the run's folder always run, and are not what a plan is about.
    private static JsonNode[] Computed(JsonNode plan)
        => [.. plan["steps"]!.AsArray().OfType<JsonNode>().Where(step => !step["cached"]!.GetValue<bool>() && !step["reason"]!.GetValue<string>().StartsWith("always", StringComparison.Ordinal))];

    private string Copy(string name)
    {
        var copy = survey.Fresh(name);
        foreach (var file in Directory.EnumerateFiles(survey.Maps, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(survey.Maps, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return copy;
    }
}
