using System.CommandLine;
using ClusterSurvey.Activities;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Activities.Tables;
using ClusterSurvey.Foundation;
using ClusterSurvey.Physics.Turbulence;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands;

/// <summary>combine RUN: the joint posterior of any sub-sample, from the likelihoods of a run.</summary>
internal static class CombineCommand
{
    private const int Draws = 4000;

    public static Command Make()
    {
        var run = new Argument<string>("run") { Description = "a run's folder, or its id under --out" };
        var where = new Option<string?>("--where") { Description = "condition in SQL over the clusters that the run does not exclude (default: all of them)" };
        var region = new Option<string>("--region") { Description = "region (default: global)", DefaultValueFactory = _ => "global" };
        var csv = new Option<string?>("--csv") { Description = "file for draws of the posterior" };
        var home = CommonOptions.Home();
        var command = new Command("combine", "Combines the likelihoods of a sub-sample into one posterior.")
        {
            run, where, region, csv, home, CommonOptions.Json(),
        };
        command.SetAction((parsed, cancellation) =>
        {
            var (runs, folder) = RunHome.Find(parsed.GetRequiredValue(run), parsed.GetValue(home));
            var survey = new SurveyRun(folder, runs.OpenStore());
            var excluded = survey.Division.ExcludedNames();
            var chosen = parsed.GetValue(where) is { } sql ? survey.Counted.Where(sql, cancellation) : survey.Counted.Names;
            if (chosen.Count == 0)
                throw new BadInputException($"--where {parsed.GetValue(where)}", "no cluster of the sample", "a condition that some clusters meet",
                    $"the run has {string.Join(", ", survey.Counted.Names)}{(excluded.Count == 0 ? "" : $", and excludes {string.Join(", ", excluded)}")}");
            var cubes = LikelihoodFolder.Read(folder.Path, chosen, parsed.GetRequiredValue(region));
            var seed = new Seed(RunManifest.Read(folder).Seed).Derive("combine");
            var posterior = CombineLikelihoods.Combine(seed, survey.Prior, parsed.GetRequiredValue(region), cubes, Draws, survey.Joint.Of(parsed.GetRequiredValue(region))?.CommonError);
            if (parsed.GetValue(csv) is { } file) MatrixFile.Write(file, new NumericTable(TurbulenceParameters.Names, posterior.Draws));
            Output.Json(new
            {
                region = posterior.Region,
                clusters = posterior.Clusters,
                excluded,
                parameters = TurbulenceParameters.Names.Zip(posterior.Summaries).ToDictionary(
                    pair => pair.First,
                    pair => new { median = pair.Second.Median, low68 = pair.Second.Low68, high68 = pair.Second.High68 }),
            });
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
