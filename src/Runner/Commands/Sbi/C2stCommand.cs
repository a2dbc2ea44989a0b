using System.CommandLine;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Inference.Diagnostics;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands.Sbi;

/// <summary>sbi c2st: whether two sets of draws can be told apart.</summary>
internal static class C2stCommand
{
    public static Command Make()
    {
        var reference = new Argument<string>("A") { Description = "the reference draws" };
        var other = new Argument<string>("B") { Description = "the draws to hold against them" };
        var seed = CommonOptions.SeedOption();
        var command = new Command("c2st", "Classifier two-sample test: 0.5 means that the draws cannot be told apart.") { reference, other, seed };
        command.SetAction(parsed =>
        {
            var (a, b) = (MatrixFile.Read(parsed.GetRequiredValue(reference)), MatrixFile.Read(parsed.GetRequiredValue(other)));
            SbiInput.RequireCount(parsed.GetRequiredValue(other), b.ColumnCount, a.ColumnCount, "columns");
            var length = Math.Min(a.RowCount, b.RowCount) * a.ColumnCount;
            var score = SbiInput.Guard(parsed.GetRequiredValue(reference), () => ClassifierTwoSampleTest.Score(
                CommonOptions.SeedOf(parsed, seed), a.Values.AsSpan(0, length), b.Values.AsSpan(0, length), a.ColumnCount));
            Output.Json(new { c2st = score.Accuracy, n = score.Count });
            return ExitCode.Done;
        });
        return command;
    }
}
