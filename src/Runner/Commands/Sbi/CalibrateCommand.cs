using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>sbi calibrate: whether posteriors mean what they say, by SBC, expected coverage and TARP.</summary>
internal static class CalibrateCommand
{
    private const string FileName = "calibration.json";

    public static Command Make()
    {
        var model = new Option<string?>("--model") { Description = "model file, whose posteriors of --x are drawn" };
        var x = new Option<string?>("--x") { Description = "with --model: data simulated from --theta, row by row" };
        var samples = new Option<string?>("--samples") { Description = "posterior draws made elsewhere (.npy, draws x cases x parameters)" };
        var theta = SbiInput.Theta();
        var observation = new Option<string?>("--x-obs") { Description = "with --model: F[:ROW], also tests the posterior of this one observation" };
        var count = new Option<int>("--draws") { Description = "with --model: draws of each posterior (default: 1000)", DefaultValueFactory = _ => 1000 };
        var folder = new Option<string>("--out") { Description = $"folder for {FileName}", Required = true };
        var seed = CommonOptions.SeedOption();
        var command = new Command("calibrate",
            "Tests posteriors on cases with known truth: simulation-based calibration, expected coverage, TARP; one failure fails the verdict. "
            + "With --x-obs also the posterior of one observation: local two-sample test, place in the cloud of --x, posterior predictive check.")
        {
            model, x, samples, theta, observation, count, folder, seed,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var fromModel = parsed.GetValue(model) is not null && parsed.GetValue(x) is not null && parsed.GetValue(samples) is null;
            var given = parsed.GetValue(model) is null && parsed.GetValue(x) is null && parsed.GetValue(samples) is not null;
            if (!fromModel && (!given || parsed.GetValue(observation) is not null))
                throw new BadInputException("calibrate", "another choice of options", "either --model and --x (and, if wanted, --x-obs), or --samples",
                    "name a model with its data, or draws made elsewhere");
            if (parsed.GetValue(count) is < 10 or > 1_000_000)
                throw new BadInputException("--draws", $"{parsed.GetValue(count)}", "10 to 1000000 draws", "choose another number");
            var truth = MatrixFile.Read(parsed.GetRequiredValue(theta));
            var origin = CommonOptions.SeedOf(parsed, seed);
            var (names, draws) = given
                ? (truth.Columns, ReadDraws(parsed.GetValue(samples)!, truth))
                : Draw(origin.Derive("posteriors"), parsed.GetValue(model)!, parsed.GetValue(x)!, parsed.GetRequiredValue(theta), truth,
                    parsed.GetValue(count), cancellation);
            var set = SbiInput.Guard(parsed.GetRequiredValue(theta), () => new CalibrationSet(truth.Values, draws, truth.ColumnCount));
            var report = SbiInput.Guard(parsed.GetRequiredValue(theta), () => CalibrationReport.Make(origin.Derive("tests"), set, names));
            var verdict = Verdict(report, truth.RowCount, draws.Length / truth.Values.Length);
            if (parsed.GetValue(observation) is { } one)
            {
                verdict["observation"] = ObservationVerdict.Of(origin.Derive("observation"), TrainedModel.Load(parsed.GetValue(model)!), set,
                    parsed.GetValue(x)!, ObservationArgument.Parse(one), parsed.GetValue(count), cancellation);
            }
            AtomicFile.WriteText(Path.Combine(parsed.GetRequiredValue(folder), FileName), verdict.ToJsonString(SurveyJson.Indented) + "\n");
            Output.Json(verdict);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static JsonObject Verdict(CalibrationReport report, int cases, int draws) => JsonSerializer.SerializeToNode(new
    {
        passes = report.Passes,
        level = report.Level,
        cases,
        draws,
        sbc = report.PassesBy("sbc"),
        coverage = report.PassesBy("coverage"),
        tarp = report.PassesBy("tarp"),
        tests = report.Tests.Select(test => new
        {
            test = test.Kind, parameter = test.Parameter, statistic = test.Statistic,
            p_value = test.PValue, p_value_holm = test.AdjustedPValue, passed = test.Passes,
        }),
    }, SurveyJson.Indented)!.AsObject();

    private static double[] ReadDraws(string path, NumericTable truth)
    {
        var draws = Npy.Read(path);
        return draws.Shape.Length == 3 && draws.Shape[1] == truth.RowCount && draws.Shape[2] == truth.ColumnCount ? draws.Values
            : throw new BadInputException(path, $"an array of shape {draws}",
                $"draws x {truth.RowCount} cases x {truth.ColumnCount} parameters, as --theta has", "name files that belong together");
    }

    private static (IReadOnlyList<string> Names, double[] Draws) Draw(
        Seed seed, string modelPath, string xPath, string thetaPath, NumericTable truth, int count, CancellationToken cancellation)
    {
        var trained = TrainedModel.Load(modelPath);
        var data = MatrixFile.Read(xPath);
        SbiInput.RequireCount(xPath, data.RowCount, truth.RowCount, $"rows beside those of {thetaPath}");
        SbiInput.RequireCount(thetaPath, truth.ColumnCount, trained.Description.ParameterNames.Count, "parameters");
        SbiInput.RequireCount(xPath, data.ColumnCount, trained.Description.DataCount, "data");
        if ((long)count * truth.Values.Length > Array.MaxLength)
            throw new BadInputException("--draws", $"{count} draws of {truth.RowCount} cases", $"at most {Array.MaxLength / truth.Values.Length}",
                "take fewer draws or fewer cases");
        var width = truth.ColumnCount;
        var draws = new double[count * truth.Values.Length];
        Meter.Show("posteriors", truth.RowCount, done =>
        {
            for (var i = 0; i < truth.RowCount; i++)
            {
                var one = trained.Draw(seed.Derive(i), data.Row(i).ToArray(), count, null, cancellation);
                for (var draw = 0; draw < count; draw++) one.AsSpan(draw * width, width).CopyTo(draws.AsSpan((draw * truth.RowCount + i) * width));
                done?.Report(i + 1);
            }
        });
        return (trained.Description.ParameterNames, draws);
    }
}
