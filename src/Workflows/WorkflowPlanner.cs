using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Ledger;
using ClusterSurvey.Workflows.Planning;

namespace ClusterSurvey.Workflows;

/// <summary>
/// Tells what a run would do: which steps have their results, which would run, and why. The definition is walked through by the engine itself,
/// with a ledger and a run folder that are removed afterwards; nothing is computed and nothing is kept.
/// </summary>
public sealed class WorkflowPlanner(StepCatalog catalog, DefinitionLibrary library, RunLedger history, ArtifactStore store, TimeProvider time)
{
    // Enough for dozens of runs of a large survey.
    private const int MostRecords = 20_000;

    /// <exception cref="BadInputException">The definition or its inputs are wrong, or a step that reads them says so.</exception>
    public RunPlan Plan(RunRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var scratch = Directory.CreateTempSubdirectory("clustersurvey-plan-");
        try
        {
            return Plan(request, scratch.FullName, cancellation);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private RunPlan Plan(RunRequest request, string scratch, CancellationToken cancellation)
    {
        var steps = new PlannedSteps(new StepHistory(history.StepRecords(MostRecords), store), request.Fresh);
        // What the plan computes goes into a store of its own, in front of the one of the runs.
        var front = new ArtifactStore(Path.Combine(scratch, "artifacts"), behind: store);
        using var ledger = RunLedger.OpenSqlite(Path.Combine(scratch, "ledger.db"));
        var engine = new WorkflowEngine(catalog, library, ledger, front, time, steps);
        var outcome = engine.Run(request with { RunFolder = new RunFolder(Path.Combine(scratch, "run")), Parallelism = Parallelism.None }, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (outcome.Incidents.Count > 0)
            throw new BadInputException([.. outcome.Incidents.Select(incident => new Problem(
                incident.Label ?? request.Definition.DefinitionId, incident.Message, $"{incident.StepName} to be planned", incident.Remedy))]);
        return new RunPlan(request.Definition.DefinitionId, steps.Planned);
    }
}
