using System.CommandLine;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands;

/// <summary>runs: what has been run.</summary>
internal static class RunsCommand
{
    public static Command Make()
    {
        var home = CommonOptions.Home();
        var json = CommonOptions.Json();
        var command = new Command("runs", "Lists runs, the newest first.") { home, json };
        command.SetAction(parsed =>
        {
            var root = parsed.GetValue(home) ?? RunHome.Default;
            if (File.Exists(root)) throw new BadInputException("--out", $"the file {root}", "a folder of runs", "name a folder");
            var runs = new RunHome(root).Runs()
                .Select(folder => (folder.Path, Manifest: RunManifest.Read(folder)))
                .ToList();
            if (parsed.GetValue(json))
                Output.Json(runs.Select(run => new
                {
                    run = run.Manifest.RunId, folder = run.Path, date = run.Manifest.Date, status = run.Manifest.Status,
                    definition = run.Manifest.Definition, seconds = run.Manifest.Seconds,
                }));
            else
                TextTable.Show(["run", "date", "status", "seconds"], runs.Select(run => Row(run.Manifest)));
            return ExitCode.Done;
        });
        return command;
    }

    private static string[] Row(RunManifest manifest)
        => [manifest.RunId, manifest.Date, manifest.Status, FormattableString.Invariant($"{manifest.Seconds:f1}")];
}
