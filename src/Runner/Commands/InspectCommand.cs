using System.CommandLine;
using ClusterSurvey.Activities.Inspection;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands;

/// <summary>inspect PATH: what a file or a map set is, and what is odd about it.</summary>
internal static class InspectCommand
{
    public static Command Make()
    {
        var path = new Argument<string>("path") { Description = "a FITS file, a region file, or a folder of maps" };
        var json = CommonOptions.Json();
        var command = new Command("inspect", "Says what a FITS file or map set is, with every problem found.") { path, json };
        command.SetAction(parsed =>
        {
            var report = Inspector.Inspect(parsed.GetRequiredValue(path));
            if (parsed.GetValue(json)) Output.Json(report);
            else Output.Result(report.ToText());
            return report.Oddities.Any(oddity => oddity.Severity == OdditySeverity.Error) ? ExitCode.BadInput : ExitCode.Done;
        });
        return command;
    }
}
