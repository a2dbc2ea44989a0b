using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;
using ClusterSurvey.Workflows.Validation;
using Microsoft.EntityFrameworkCore;

namespace ClusterSurvey.Workflows;

/// <summary>
/// Runs workflow definitions on this machine, durably: everything that has finished is in the ledger, and a run that was
/// killed, cancelled or faulted goes on from there.
/// </summary>
public sealed class WorkflowEngine(StepCatalog catalog, DefinitionLibrary library, RunLedger ledger, ArtifactStore store, TimeProvider time)
{
    private readonly ExpressionEvaluator evaluator = new();
    private readonly IStepSource? source;

    internal WorkflowEngine(StepCatalog catalog, DefinitionLibrary library, RunLedger ledger, ArtifactStore store, TimeProvider time, IStepSource source)
        : this(catalog, library, ledger, store, time) => this.source = source;

    /// <summary>Runs a definition to its end.</summary>
    /// <param name="request">What to run, and with what.</param>
    /// <param name="progress">Told what happens, from several threads.</param>
    /// <param name="cancellation">Stops the run; it can be resumed.</param>
    /// <exception cref="BadInputException">The definition or its inputs are wrong: every problem is in it, and nothing has run.</exception>
    /// <exception cref="LedgerException">The ledger cannot be written.</exception>
    public RunOutcome Run(RunRequest request, IProgress<RunEvent>? progress = null, CancellationToken cancellation = default)
    {
        var (call, instance) = Begin(request, progress);
        return Execute(call, instance, cancellation);
    }

    /// <summary>Enters a run into the ledger, where it waits until <see cref="Resume"/> carries it out.</summary>
    /// <param name="request">What to run, and with what.</param>
    /// <returns>The id of its instance.</returns>
    /// <exception cref="BadInputException">The definition or its inputs are wrong: every problem is in it, and nothing was entered.</exception>
    public string Enter(RunRequest request)
    {
        var (_, instance) = Begin(request, null);
        ledger.Commit(context =>
        {
            context.SaveChanges();
            context.Instances.Where(row => row.Id == instance.Id).ExecuteUpdate(set => set.SetProperty(row => row.SubStatus, "Pending"));
        });
        return instance.Id;
    }

    private (WorkflowCall Call, InstanceExecution Instance) Begin(RunRequest request, IProgress<RunEvent>? progress)
    {
        var definitions = new DefinitionValidator(catalog, library).Check(request.Definition);
        var given = RunInputs.Convert(request.Definition, request.Inputs).ToDictionary(input => input.Key, input => WorkflowValue.Of(input.Value), StringComparer.Ordinal);
        foreach (var definition in definitions.Values) ledger.Keep(RowOf(definition));
        var run = State(definitions, request.RunFolder, request.DataRoots, request.Seed, request.Parallelism, progress, new ComputedSteps(request.Fresh, request.Fresh));
        var instance = new InstanceExecution(run, request.Definition, NewId(request), WorkflowCall.WithDefaults(request.Definition, given), 0, isResumed: false);
        var call = new WorkflowCall(run);
        call.Begin(instance, null);
        return (call, instance);
    }

    /// <summary>
    /// Goes on with a run that was killed, cancelled or faulted, or whose loops left out passes: what has finished is
    /// not run again, what failed is tried again.
    /// </summary>
    /// <param name="instanceId">The run's instance.</param>
    /// <param name="parallelism">Passes in flight, and threads of each; one of each when null.</param>
    /// <param name="dataRoots">The files and folders that the run may read, beside the shipped data and its own folder.</param>
    /// <param name="progress">Told what happens, from several threads.</param>
    /// <param name="cancellation">Stops the run; it can be resumed.</param>
    /// <exception cref="BadInputException">The ledger holds no such run.</exception>
    public RunOutcome Resume(
        string instanceId, Parallelism? parallelism = null, IReadOnlyList<string>? dataRoots = null, IProgress<RunEvent>? progress = null, CancellationToken cancellation = default)
    {
        var row = RowOfRun(instanceId);
        return IsOver(row) ? OutcomeOf(row) : TakeUp(row, State(row, new RunFolder(row.RunFolder), dataRoots ?? [], parallelism ?? Parallelism.None, progress), cancellation);
    }

    /// <summary>
    /// Goes on with a run that several nodes share: with everything but the passes of its own parallel loops, which are handed over.
    /// </summary>
    /// <param name="work">The run, and how it is carried out.</param>
    /// <param name="passes">Who carries out the passes.</param>
    /// <param name="cancellation">Stops the work; it can be taken up again.</param>
    /// <returns>What came of the run; null when it waits for its passes.</returns>
    public RunOutcome? CarryShared(SharedWork work, ISharedPasses passes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var row = RowOfRun(work.InstanceId);
        if (IsOver(row)) return OutcomeOf(row);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var loops = new HandedOverLoops(passes, end);
        var outcome = TakeUp(row, State(row, work.RunFolder, work.DataRoots, work.Parallelism, work.Progress, new ComputedSteps(work.Fresh, freshPasses: false), loops), end.Token);
        if (!loops.HasEnded) return outcome;
        ledger.Update(row.Id, rows => rows.ExecuteUpdate(set => set.SetProperty(waiting => waiting.SubStatus, "Suspended")));
        return null;
    }

    /// <summary>Carries out one pass of a parallel loop of a run that several nodes share. What it calls is recorded; the run itself is left to the node that has it.</summary>
    /// <param name="work">The run, and how the pass is carried out.</param>
    /// <param name="passPath">The path of the pass.</param>
    /// <param name="cancellation">Stops the work; it can be taken up again.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public PassOutcome CarryPass(SharedWork work, string passPath, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var row = RowOfRun(work.InstanceId);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var only = new OnePass(passPath, end);
        var run = State(row, work.RunFolder, work.DataRoots, work.Parallelism, work.Progress, new ComputedSteps(fresh: false, work.Fresh), only);
        try
        {
            new InstanceExecution(run, run.Definitions[row.DefinitionId], row.Id, WorkflowCall.InputsOf(row), 0, isResumed: true, keepsJournal: false).ExecuteAll(null, end.Token);
        }
        catch (ActivityFault fault)
        {
            return new PassOutcome(FaultRecord.Of(fault), fault.EndsTheRun);
        }
        catch (OperationCanceledException) when (only.HasEnded)
        {
            // It has come to the end of its pass.
        }
        return new PassOutcome(only.Fault, IsOfTheMachine: false);
    }

    /// <summary>What has come of a run that is over.</summary>
    public RunOutcome OutcomeOf(string instanceId) => OutcomeOf(RowOfRun(instanceId));

    private RunOutcome TakeUp(InstanceRow row, RunState run, CancellationToken cancellation)
    {
        var instance = new InstanceExecution(run, run.Definitions[row.DefinitionId], row.Id, WorkflowCall.InputsOf(row), 0, isResumed: true);
        var call = new WorkflowCall(run);
        call.BeginAgain(instance);
        return Execute(call, instance, cancellation);
    }

    private InstanceRow RowOfRun(string instanceId)
    {
        var row = ledger.Instance(instanceId) ?? throw new BadInputException(instanceId, "no such run in the ledger", "the id of a run", Spelling.Suggest(instanceId, [.. ledger.Instances().Select(known => known.Id)]));
        return row.ParentInstanceId is null ? row : throw new BadInputException(instanceId, "an instance that another one called", "the id of a run", $"resume {row.ParentInstanceId}");
    }

    private static bool IsOver(InstanceRow row) => row.SubStatus == nameof(RunStatus.Finished) && row.IncidentCount == 0;

    private RunOutcome Execute(WorkflowCall call, InstanceExecution instance, CancellationToken cancellation)
    {
        var isOfTheMachine = false;
        try
        {
            call.Execute(instance, null, cancellation);
        }
        catch (ActivityFault fault)
        {
            // It is in the ledger, with everything there is to say about it.
            isOfTheMachine = fault.EndsTheRun;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The ledger says that the run was interrupted.
        }
        return OutcomeOf(ledger.Instance(instance.Id)!) with { IsOfTheMachine = isOfTheMachine };
    }

    private RunOutcome OutcomeOf(InstanceRow row)
    {
        var status = row is { SubStatus: nameof(RunStatus.Finished), IncidentCount: > 0 } ? RunStatus.FinishedWithFailures : Enum.Parse<RunStatus>(row.SubStatus);
        var outputs = JsonNode.Parse(row.Outputs)!.AsObject().ToDictionary(output => output.Key, output => output.Value?.DeepClone(), StringComparer.Ordinal);
        var incidents = ledger.Incidents(row.Id).Select(incident => new RunIncident(incident.Label, incident.StepType, incident.StepName, incident.Path, incident.Region, incident.Attempts, incident.Message, incident.Remedy));
        return new RunOutcome(row.Id, status, outputs, [.. incidents]);
    }

    private RunState State(InstanceRow row, RunFolder folder, IReadOnlyList<string> dataRoots, Parallelism parallelism, IProgress<RunEvent>? progress, ComputedSteps? steps = null, SharedLoops? loops = null)
        => State(KeptDefinitions(row), folder, dataRoots, new Seed(ulong.Parse(row.Seed, CultureInfo.InvariantCulture)), parallelism, progress, steps ?? new ComputedSteps(fresh: false, freshPasses: false), loops);

    private RunState State(
        IReadOnlyDictionary<string, WorkflowDocument> definitions, RunFolder folder, IReadOnlyList<string> dataRoots, Seed seed, Parallelism parallelism, IProgress<RunEvent>? progress, ComputedSteps steps, SharedLoops? loops = null) => new()
    {
        Catalog = catalog,
        Ledger = ledger,
        Store = store,
        Time = time,
        Evaluator = evaluator,
        RunFolder = folder,
        Files = new FileFence([.. dataRoots, folder.Path, ShippedData.Root]),
        Seed = seed,
        Steps = source ?? steps,
        SharedLoops = loops,
        Slots = new ParallelSlots(parallelism.Passes),
        ThreadsPerPass = parallelism.Threads,
        Progress = progress,
        Definitions = definitions,
    };

    private Dictionary<string, WorkflowDocument> KeptDefinitions(InstanceRow row)
        => WorkflowValue.Parse(row.Definitions).EnumerateObject().ToDictionary(known => known.Name, known => KeptDefinition(known.Value.GetString()!), StringComparer.Ordinal);

    private WorkflowDocument KeptDefinition(string versionId)
        => ledger.Definition(versionId) is { } kept ? WorkflowDocument.Parse(kept.Json, $"{kept.DefinitionId} {kept.Id}") : throw new BadInputException(versionId, "a definition that the ledger does not hold", "the version with which the run began", "restore the ledger from a backup, or start a new run");

    private DefinitionRow RowOf(WorkflowDocument definition) => new()
    {
        Id = definition.ContentId,
        DefinitionId = definition.DefinitionId,
        Name = definition.Name,
        Version = definition.Version,
        IsLatest = definition.IsLatest,
        IsPublished = definition.IsPublished,
        Json = definition.ToJson().ToJsonString(SurveyJson.Options),
        CreatedAt = time.GetUtcNow(),
    };

    private string NewId(RunRequest request)
    {
        var identity = string.Create(CultureInfo.InvariantCulture, $"{request.Definition.DefinitionId}\n{request.RunFolder.Path}\n{time.GetUtcNow().UtcTicks}\n{ledger.CountInstances()}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
    }
}
