using System.CommandLine;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>sbi score: how well a model tells pairs that it has not seen.</summary>
internal static class ScoreCommand
{
    public static Command Make()
    {
        var (model, theta, x) = (SbiInput.Model(), SbiInput.Theta(), SbiInput.X());
        var command = new Command("score",
            "Mean log q over pairs that were held out: of x given theta for nle, of theta given x for npe and nre.")
        {
            model, theta, x,
        };
        command.SetAction(parsed =>
        {
            var trained = TrainedModel.Load(parsed.GetRequiredValue(model));
            var (thetaPath, xPath) = (parsed.GetRequiredValue(theta), parsed.GetRequiredValue(x));
            var (parameters, data) = (MatrixFile.Read(thetaPath), MatrixFile.Read(xPath));
            SbiInput.RequireCount(xPath, data.RowCount, parameters.RowCount, $"rows beside those of {thetaPath}");
            SbiInput.RequireCount(thetaPath, parameters.ColumnCount, trained.Description.ParameterNames.Count, "parameters");
            SbiInput.RequireCount(xPath, data.ColumnCount, trained.Description.DataCount, "data");
            var logProb = new double[parameters.RowCount];
            trained.LogProb(parameters.Values, data.Values, logProb);
            Output.Json(new { mean_log_prob = logProb.Average(), pairs = logProb.Length });
            return ExitCode.Done;
        });
        return command;
    }
}
