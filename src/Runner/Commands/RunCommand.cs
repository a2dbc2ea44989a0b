using System.CommandLine;
using ClusterSurvey.Runner.Observability;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Workers;

namespace ClusterSurvey.Runner.Commands;

/// <summary>run DEFINITION: a survey from its sample table to its report, here or, with a database, by workers.</summary>
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
            var home = survey.HomeOf(parsed);
            Observed.As("run", home);
            var summary = home.IsShared
                ? new QueuedRuns(home, TimeProvider.System).Start(request.Definition, request.Inputs, request.Seed, request.Fresh, cancellation)
                : new SurveyLauncher(home, TimeProvider.System).Start(request.Definition, request.Inputs, request.Seed, request.Fresh, cancellation);
            return Task.FromResult(RunResult.Show(summary, parsed.GetValue(json)));
        });
        return command;
    }
}
