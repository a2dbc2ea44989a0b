using System.CommandLine;
using ClusterSurvey.Runner.Runs;

namespace ClusterSurvey.Runner.Commands;

/// <summary>run DEFINITION: a survey from its sample table to its report.</summary>
internal static class RunCommand
{
    public static Command Make()
    {
        var survey = new SurveyOptions();
        var json = CommonOptions.Json();
        var command = survey.AddTo(new Command("run", "Runs a survey."));
        command.Add(json);
        command.SetAction((parsed, cancellation) =>
        {
            var request = survey.Read(parsed);
            var launcher = new SurveyLauncher(survey.HomeOf(parsed), TimeProvider.System);
            var summary = launcher.Start(request.Definition, request.Inputs, request.Seed, request.Fresh, cancellation);
            return Task.FromResult(RunResult.Show(summary, parsed.GetValue(json)));
        });
        return command;
    }
}
