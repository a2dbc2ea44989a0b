using System.CommandLine;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Planning;

namespace ClusterSurvey.Runner.Commands;

/// <summary>plan DEFINITION: what a run would do, and why.</summary>
internal static class PlanCommand
{
    public static Command Make()
    {
        var survey = new SurveyOptions();
        var json = CommonOptions.Json();
        var command = survey.AddTo(new Command("plan", "Tells what a run would compute, what is known already, and why."));
        command.Add(json);
        command.SetAction((parsed, cancellation) =>
        {
            var request = survey.Read(parsed);
            var plan = Plan(survey.HomeOf(parsed), request, cancellation);
            var inFlight = SurveyLauncher.ParallelismOf(request.Inputs).Passes;
            if (parsed.GetValue(json)) Output.Json(ForMachines(plan, inFlight));
            else PlanTable.Show(plan, inFlight);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    // Where nothing has run yet, a plan makes no folder either.
    private static RunPlan Plan(RunHome home, SurveyRequest survey, CancellationToken cancellation)
    {
        if (Directory.Exists(home.Root)) return PlanIn(home, survey, cancellation);
        var nowhere = Directory.CreateTempSubdirectory("clustersurvey-plan-");
        try
        {
            return PlanIn(home.At(nowhere.FullName), survey, cancellation);
        }
        finally
        {
            nowhere.Delete(recursive: true);
        }
    }

    private static RunPlan PlanIn(RunHome home, SurveyRequest survey, CancellationToken cancellation)
    {
        using var ledger = home.OpenLedger();
        var request = new RunRequest
        {
            Definition = survey.Definition, Inputs = survey.Inputs, Seed = survey.Seed, RunFolder = new RunFolder(home.Root), Fresh = survey.Fresh,
            DataRoots = DataRoots.Of(survey.Inputs),
        };
        var library = home.OpenLibrary(TimeProvider.System).With(survey.Definition);
        return new WorkflowPlanner(StepCatalog.Shipped, library, ledger, home.OpenStore(), TimeProvider.System).Plan(request, cancellation);
    }

    private static object ForMachines(RunPlan plan, int clustersInFlight) => new
    {
        definition = plan.DefinitionId,
        cached = plan.Cached,
        to_run = plan.ToRun,
        seconds = plan.Seconds is { } seconds ? seconds / clustersInFlight : (double?)null,
        bytes = plan.Bytes,
        steps = plan.Steps.Select(step => new
        {
            cluster = step.Cluster, step = step.Type, cached = step.IsCached, reason = step.Reason,
            changes = step.Changes.Select(change => new { field = change.Field, old = change.Old, @new = change.New }),
            seconds = step.Seconds, bytes = step.Bytes,
            regions = step.Parts.Select(part => new
            {
                region = part.Name, cached = part.IsCached, reason = part.Reason,
                changes = part.Changes.Select(change => new { field = change.Field, old = change.Old, @new = change.New }),
            }),
        }),
    };
}
