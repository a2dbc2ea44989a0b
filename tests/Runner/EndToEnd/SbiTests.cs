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
