using System.CommandLine;
using System.Diagnostics;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands;

/// <summary>report RUN: writes the report of a run anew.</summary>
internal static class ReportCommand
{
    public static Command Make()
    {
        var run = new Argument<string>("run") { Description = "a run's folder, or its id under --out" };
        var home = CommonOptions.Home();
        var open = new Option<bool>("--open") { Description = "open it in the browser" };
        var json = CommonOptions.Json();
        var command = new Command("report", "Writes the report of a run anew.") { run, home, open, json };
        command.SetAction(parsed =>
        {
            var (runs, folder) = RunHome.Find(parsed.GetRequiredValue(run), parsed.GetValue(home));
            SurveyReport.Write(new SurveyRun(folder, runs.OpenStore()));
            var path = SurveyReport.PathIn(folder.Path);
            if (parsed.GetValue(json)) Output.Json(new { run = folder.Id, report = path });
            else Output.Result(path);
            if (parsed.GetValue(open)) Process.Start(new ProcessStartInfo(path) { UseShellExecute = true })?.Dispose();
            return ExitCode.Done;
        });
        return command;
    }
}
