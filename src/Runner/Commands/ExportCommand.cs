using System.CommandLine;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands;

/// <summary>export RUN --ro-crate DIR: a run with a description that other programs read.</summary>
internal static class ExportCommand
{
    public static Command Make()
    {
        var run = new Argument<string>("run") { Description = "a run's folder, or its id under --out" };
        var home = CommonOptions.Home();
        var crate = new Option<string>("--ro-crate") { Description = "a new folder for the run as an RO-Crate (Workflow Run Crate 0.5)", Required = true };
        var license = new Option<string?>("--license") { Description = "URL of the licence under which the crate may be passed on" };
        var json = CommonOptions.Json();
        var command = new Command("export", "Exports a run with its provenance.") { run, crate, license, home, json };
        command.SetAction(parsed =>
        {
            var (_, folder) = RunHome.Find(parsed.GetRequiredValue(run), parsed.GetValue(home));
            var target = parsed.GetRequiredValue(crate);
            var files = RunCrate.Write(folder, target, parsed.GetValue(license));
            if (parsed.GetValue(json)) Output.Json(new { run = folder.Id, ro_crate = Path.GetFullPath(target), files });
            else Output.Result(Path.Combine(target, CrateMetadata.FileName));
            return ExitCode.Done;
        });
        return command;
    }
}
