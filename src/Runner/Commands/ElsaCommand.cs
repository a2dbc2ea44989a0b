using System.CommandLine;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows;
using ClusterSurvey.Workflows.ElsaHost;

namespace ClusterSurvey.Runner.Commands;

/// <summary>workflows run-in-elsa DEFINITION: the same options as run, in Elsa's own engine; only in a build with -p:WithElsa=true.</summary>
internal static class ElsaCommand
{
    public static Command Make()
    {
        var options = new SurveyOptions();
        var command = options.AddTo(new Command("run-in-elsa", "Runs a definition in Elsa's own engine."));
        command.SetAction(async (parsed, cancellation) =>
        {
            var survey = options.Read(parsed);
            var home = options.HomeOf(parsed);
            var (folder, held) = home.NewRun(survey.Definition.DefinitionId, TimeProvider.System);
            using var atWork = held;
            var fence = new FileFence([.. DataRoots.Of(survey.Inputs), folder.Path, ShippedData.Root]);
            var engine = new ElsaEngine(new ElsaRun(StepCatalog.Shipped, home.OpenStore(), folder, survey.Seed, fence));
            var outcome = await engine.RunAsync(DefinitionLibrary.Shipped.With(survey.Definition), survey.Definition, survey.Inputs, cancellation);
            Output.Json(new { run = folder.Id, status = outcome.SubStatus, outputs = outcome.Outputs, incidents = outcome.Incidents });
            return outcome.SubStatus == "Finished" ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
