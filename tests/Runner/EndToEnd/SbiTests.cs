using System.Globalization;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Support;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

public sealed class SbiTests
{
    [Fact]
    public void A_likelihood_is_learnt_scored_and_sampled_as_well_as_it_should_be()
    {
        using var folder = new ScratchFolder();
        var fit = Fit(folder, 10_000, "nle", "--ensemble", "2").Json;
        Assert.Equal(10_000, fit["pairs"]!.GetValue<int>());
        Assert.Equal(2, fit["networks"]!.AsArray().Count);

        var score = SurveyProgram.Run("sbi", "score", "--model", folder["model"], "--theta", Toy("theta_test_10k.npy"), "--x", Toy("x_test_10k.npy")).Expect(0).Json;
        Assert.Equal(10_000, score["pairs"]!.GetValue<int>());
        Assert.InRange(score["mean_log_prob"]!.GetValue<double>(), 7.45, 7.9);

        SurveyProgram.Run("sbi", "sample", "--model", folder["model"], "--x-obs", $"{Toy("x_obs_5.csv")}:0", "--n", "2000", "--out", folder["draws.csv"]).Expect(0);
        Assert.Equal("a,b,c", File.ReadLines(folder["draws.csv"]).First());
        var right = C2st(folder["draws.csv"], Toy("posterior_exact_obs1.csv"));
        var wrong = C2st(folder["draws.csv"], Toy("posterior_exact_obs2.csv"));
        Assert.True(right < 0.6 && wrong > 0.9, $"{right} against the exact posterior, {wrong} against another");
    }

    [Fact]
    public void A_posterior_is_learnt_scored_and_sampled()
    {
        using var folder = new ScratchFolder();
        Assert.Equal("npe", Fit(folder, 4000, "npe", "--ensemble", "1").Json["method"]!.GetValue<string>());
        var score = SurveyProgram.Run("sbi", "score", "--model", folder["model"], "--theta", Toy("theta_test_10k.npy"), "--x", Toy("x_test_10k.npy")).Expect(0).Json;
        Assert.InRange(score["mean_log_prob"]!.GetValue<double>(), 2.4, 3.2);
        string[] sample = ["sbi", "sample", "--model", folder["model"], "--x-obs", $"{Toy("x_obs_5.csv")}:0", "--n", "500", "--out", folder["draws.npy"], "--sampler"];
        SurveyProgram.Run([.. sample, "direct"]).Expect(0);
        Assert.Equal(500, MatrixFile.Read(folder["draws.npy"]).RowCount);
        SurveyProgram.Run("sbi", "sample", "--model", folder["model"], "--x-obs", $"{Toy("x_obs_5.csv")}:0", "--n", "500", "--out", folder["grid.csv"], "--sampler", "grid").Expect(0);
        Assert.True(C2st(folder["grid.csv"], folder["draws.npy"]) < 0.6);

        Head(Toy("theta_test_10k.npy"), 200, folder["theta.npy"]);
        Head(Toy("x_test_10k.npy"), 200, folder["x.npy"]);
        var verdict = SurveyProgram.Run("sbi", "calibrate", "--model", folder["model"], "--x", folder["x.npy"], "--theta", folder["theta.npy"], "--draws", "200", "--out", folder["calibration"]).Expect(0).Json;
        Assert.Equal((200, 200), (verdict["cases"]!.GetValue<int>(), verdict["draws"]!.GetValue<int>()));
        Assert.Equal("a", verdict["tests"]![0]!["parameter"]!.GetValue<string>());
    }

    [Fact]
    public void A_training_that_is_killed_goes_on_and_ends_with_the_same_bytes()
    {
        using var folder = new ScratchFolder();
        string[] Arguments(string model) =>
        [
            "sbi", "fit", "--theta", folder["theta train.npy"], "--x", folder["x train.npy"], "--prior", folder["prior.json"], "--out", folder[model], "--ensemble", "1", "--seed", "5",
        ];
        Head(Toy("theta_train_50k.npy"), 40_000, folder["theta train.npy"]);
        Head(Toy("x_train_50k.npy"), 40_000, folder["x train.npy"]);
        folder.Write("prior.json", Prior);
        using (var process = SurveyProgram.Start(folder.Path, Arguments("killed")))
        {
            SurveyProgram.WaitFor(process, () => File.Exists(folder["killed.checkpoint"]));
            process.Kill();
            SurveyProgram.Finish(process);
        }
        Assert.False(File.Exists(folder["killed"]));
        Assert.Contains("goes on with network 1", SurveyProgram.Run(Arguments("killed")).Expect(0).Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("goes on", SurveyProgram.Run(Arguments("undisturbed")).Expect(0).Errors, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(folder["undisturbed"]), File.ReadAllBytes(folder["killed"]));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.checkpoint"));

        // What every sampler says of its draws, and the tests of one observation, on the same model.
        string[] sample = ["sbi", "sample", "--model", folder["killed"], "--x-obs", $"{Toy("x_obs_5.csv")}:0", "--n", "2000", "--out", folder["draws.csv"], "--sampler"];
        Assert.InRange(SurveyProgram.Run([.. sample, "grid"]).Expect(0).Json["interpolation_error_nats"]!.GetValue<double>(), 0, 0.05);
        Assert.True(SurveyProgram.Run([.. sample, "ensemble"]).Expect(0).Json["converged"]!.GetValue<bool>());
        var nuts = SurveyProgram.Run([.. sample, "nuts"]).Expect(0).Json;
        Assert.Equal(0, nuts["divergences"]!.GetValue<int>());
        Assert.InRange(nuts["parameters"]!["c"]!["r_hat"]!.GetValue<double>(), 0.99, 1.02);
        Assert.InRange(nuts["parameters"]!["c"]!["tail_effective_draws"]!.GetValue<double>(), 400, 8000);
        Assert.InRange(C2st(folder["draws.csv"], Toy("posterior_exact_obs1.csv")), 0.4, 0.62);

        Head(Toy("theta_test_10k.npy"), 100, folder["theta.npy"]);
        Head(Toy("x_test_10k.npy"), 100, folder["x.npy"]);
        folder.Write("far.csv", string.Join(',', Enumerable.Repeat("50", 12)) + "\n");
        string[] calibrate = ["sbi", "calibrate", "--model", folder["killed"], "--x", folder["x.npy"], "--theta", folder["theta.npy"], "--draws", "100", "--out", folder["out"], "--x-obs"];
        var far = SurveyProgram.Run([.. calibrate, folder["far.csv"]]).Expect(0).Json["observation"]!;
        Assert.False(far["cloud"]!["inside"]!.GetValue<bool>());
        Assert.False(far["predictive"]!["passed"]!.GetValue<bool>());
        Assert.InRange(far["local_c2st"]!["p_value"]!.GetValue<double>(), 1.0 / 40, 1);
    }

    [Fact]
    public void A_ratio_is_learnt_scored_as_a_posterior_and_sampled()
    {
        using var folder = new ScratchFolder();
        Assert.Equal("nre", Fit(folder, 4000, "nre", "--ensemble", "1").Json["method"]!.GetValue<string>());
        var score = SurveyProgram.Run("sbi", "score", "--model", folder["model"], "--theta", Toy("theta_test_10k.npy"), "--x", Toy("x_test_10k.npy")).Expect(0).Json;
        Assert.InRange(score["mean_log_prob"]!.GetValue<double>(), 2.4, 3.2);
        string[] sample = ["sbi", "sample", "--model", folder["model"], "--x-obs", $"{Toy("x_obs_5.csv")}:0", "--n", "1000", "--out", folder["draws.csv"]];
        SurveyProgram.Run(sample).Expect(0);
        double right = C2st(folder["draws.csv"], Toy("posterior_exact_obs1.csv")), wrong = C2st(folder["draws.csv"], Toy("posterior_exact_obs2.csv"));
        Assert.True(right < 0.65 && wrong > 0.9, $"{right} against the exact posterior, {wrong} against another");
        Assert.Contains("direct", SurveyProgram.Run([.. sample, "--sampler", "direct"]).Expect(ExitCode.BadInput).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("calibrated", true)]
    [InlineData("overconfident", false)]
    [InlineData("underconfident", false)]
    [InlineData("biased", false)]
    public void Only_calibrated_posteriors_pass(string posteriors, bool passes)
    {
        using var folder = new ScratchFolder();
        var outcome = SurveyProgram.Run("sbi", "calibrate", "--samples", SharedData.Path("golden", "diagnostics", $"{posteriors}_samples_LxRxd.npy"), "--theta", SharedData.Path("golden", "diagnostics", $"{posteriors}_theta.npy"), "--out", folder.Path).Expect(0);
        Assert.Equal(passes, outcome.Json["passes"]!.GetValue<bool>());
        // A shift moves the truth among the draws and not their distances from a random point: TARP alone is blind to it.
        Assert.Equal(passes, outcome.Json["sbc"]!.GetValue<bool>());
        if (posteriors != "biased") Assert.Equal((passes, passes), (outcome.Json["coverage"]!.GetValue<bool>(), outcome.Json["tarp"]!.GetValue<bool>()));
        Assert.Equal(outcome.Output.Trim(), File.ReadAllText(folder["calibration.json"]).Trim());
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_refused_and_leave_nothing()
    {
        using var folder = new ScratchFolder();
        folder.Write("theta.csv", "1,2\n3,4\n5,6\n");
        folder.Write("x.csv", "1\n2\n");
        folder.Write("prior.json", """{"parameters": [{"name": "a", "distribution": "unifrom", "low": 0, "high": 1}]}""");
        folder.Write("model", "no model at all");
        folder.Write("toy.json", Prior);
        Refused(["sbi", "fit", "--theta", folder["theta.csv"], "--x", folder["x.csv"], "--prior", folder["toy.json"], "--out", folder["out"]], "x.csv", "3");
        Refused(["sbi", "fit", "--theta", Toy("theta_obs_5.csv"), "--x", Toy("x_obs_5.csv"), "--prior", folder["prior.json"], "--out", folder["out"]], "prior.json", "unifrom");
        Refused(["sbi", "fit", "--theta", Toy("theta_obs_5.csv"), "--x", Toy("x_obs_5.csv"), "--prior", folder["toy.json"], "--out", folder["out"]], "theta_obs_5.csv", "pairs");
        folder.Write("narrow.json", Prior.Replace("-1", "0.5", StringComparison.Ordinal));
        Head(Toy("theta_test_10k.npy"), 50, folder["theta.npy"]);
        Head(Toy("x_test_10k.npy"), 50, folder["x.npy"]);
        string[] pairs = ["sbi", "fit", "--theta", folder["theta.npy"], "--x", folder["x.npy"], "--out", folder["out"]];
        Refused([.. pairs, "--prior", folder["narrow.json"]], "theta.npy", "the prior goes from 0.5 to 1");
        Refused([.. pairs, "--prior", folder["toy.json"], "--method", "nre", "--estimator", "nsf"], "--estimator", "classifier");
        Head(Toy("theta_test_10k.npy"), 1, folder["theta.npy"]);
        Head(Toy("x_test_10k.npy"), 1, folder["x.npy"]);
        Refused([.. pairs, "--prior", folder["toy.json"]], "1 pairs", "at least 20");
        Refused(["sbi", "score", "--model", folder["model"], "--theta", folder["theta.csv"], "--x", folder["x.csv"]], "model", "sbi fit");
        Refused(["sbi", "calibrate", "--samples", folder["model"], "--theta", folder["theta.csv"], "--out", folder["out"]], "model", "npy");
        Refused(["sbi", "calibrate", "--theta", folder["theta.csv"], "--out", folder["out"]], "calibrate", "--samples");
        Assert.False(Path.Exists(folder["out"]));
    }

    [Theory]
    [InlineData("one pair", "theta.csv", "1 pairs", "20")]
    [InlineData("a parameter outside the prior", "theta.csv", "row 7 has b = 1.5", "-1 to 1")]
    [InlineData("not a number", "x.csv:6 column", "nan")]
    [InlineData("a constant column", "x.csv", "column 1 is constant")]
    public void Pairs_that_cannot_be_learnt_from_are_refused_by_file_row_and_column(string fault, string file, params string[] says)
    {
        using var folder = new ScratchFolder();
        var (theta, x) = (new List<string>(), new List<string>());
        for (var i = 0; i < (fault == "one pair" ? 1 : 40); i++)
        {
            theta.Add(string.Create(CultureInfo.InvariantCulture, $"{i / 50.0},{(fault == "a parameter outside the prior" && i == 7 ? 1.5 : -i / 50.0)},0.{i}"));
            x.Add(string.Create(CultureInfo.InvariantCulture, $"{i},{(fault == "a constant column" ? "3" : fault == "not a number" && i == 5 ? "nan" : $"{i * i}")}"));
        }
        folder.Write("theta.csv", string.Join('\n', theta) + "\n");
        folder.Write("x.csv", string.Join('\n', x) + "\n");
        folder.Write("toy.json", Prior);
        Refused(["sbi", "fit", "--theta", folder["theta.csv"], "--x", folder["x.csv"], "--prior", folder["toy.json"], "--out", folder["out"]], [file, .. says]);
        Assert.False(Path.Exists(folder["out"]));
    }

    private static string Prior => $$"""{"parameters": [{{string.Join(", ", ((string[])["a", "b", "c"]).Select(name => $$"""{"name": "{{name}}", "distribution": "uniform", "low": -1, "high": 1}"""))}}]}""";

    private static string Toy(string file) => SharedData.Path("golden", "toy-likelihood", file);

    private static SurveyProgram.Outcome Fit(ScratchFolder folder, int pairs, string method, params string[] more)
    {
        Head(Toy("theta_train_50k.npy"), pairs, folder["theta train.npy"]);
        Head(Toy("x_train_50k.npy"), pairs, folder["x train.npy"]);
        folder.Write("prior.json", Prior);
        return SurveyProgram.Run(["sbi", "fit", "--method", method, "--theta", folder["theta train.npy"], "--x", folder["x train.npy"], "--prior", folder["prior.json"], "--out", folder["model"], .. more]).Expect(0);
    }

    private static void Head(string from, int rows, string to)
    {
        var table = MatrixFile.Read(from);
        Npy.Write(to, table.Values.AsSpan(0, rows * table.ColumnCount), rows, table.ColumnCount);
    }

    private static double C2st(string draws, string exact) => SurveyProgram.Run("sbi", "c2st", exact, draws).Expect(0).Json["c2st"]!.GetValue<double>();

    private static void Refused(string[] arguments, params string[] says)
    {
        var outcome = SurveyProgram.Run(arguments).Expect(ExitCode.BadInput);
        Assert.All(says, word => Assert.Contains(word, outcome.Errors, StringComparison.Ordinal));
    }
}
