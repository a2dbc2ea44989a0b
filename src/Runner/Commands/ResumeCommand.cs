using System.CommandLine;
using ClusterSurvey.Runner.Observability;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Workers;

namespace ClusterSurvey.Runner.Commands;

/// <summary>resume RUN: goes on where a run stopped.</summary>
internal static class ResumeCommand
{
    public static Command Make()
    {
        var run = new Argument<string>("run") { Description = "a run's folder, or its id under --out" };
        var (home, database) = (CommonOptions.Home(), CommonOptions.Database());
        var json = CommonOptions.Json();
        var command = new Command("resume", "Goes on with a run that was interrupted, failed, or left clusters out.") { run, home, database, json };
        command.SetAction((parsed, cancellation) =>
        {
            var (runs, folder) = RunHome.Find(parsed.GetRequiredValue(run), parsed.GetValue(home), CommonOptions.DatabaseOf(parsed, database));
            Observed.As("run", runs);
            var summary = runs.IsShared ? new QueuedRuns(runs, TimeProvider.System).Resume(folder, cancellation) : new SurveyLauncher(runs, TimeProvider.System).Resume(folder, cancellation);
            return Task.FromResult(RunResult.Show(summary, parsed.GetValue(json)));
        });
        return command;
    }
}
