using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>
/// Carries one instance through its document. An activity that the ledger knows as finished is not run again: what it
/// changed is applied, and the walk goes on behind it.
/// </summary>
internal sealed class InstanceExecution
{
    public const int DeepestCall = 32;

    private readonly ConcurrentDictionary<string, JsonElement> outputs = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, string>> idsByName;
    private readonly Lazy<Dictionary<string, string>> namesById;
    private readonly InstanceJournal journal;

    public InstanceExecution(RunState run, WorkflowDocument document, string id, IReadOnlyDictionary<string, JsonElement> inputs, int depth, bool isResumed, bool keepsJournal = true)
    {
        (Run, Document, Id, Inputs, Depth, IsResumed) = (run, document, id, inputs, depth, isResumed);
        RunId = id;
        journal = new InstanceJournal(run, id, !keepsJournal ? null : isResumed ? run.Ledger.LastSequence(id) : 0);
        namesById = new(() => document.Activities.ToDictionary(activity => activity.Id, activity => activity.Name, StringComparer.Ordinal));
        idsByName = new(() => document.Activities.GroupBy(activity => activity.Name).ToDictionary(group => group.Key, group => group.First().Id, StringComparer.Ordinal));
    }

    public RunState Run { get; }

    public WorkflowDocument Document { get; }

    /// <summary>True when the ledger may hold records of an earlier life of the instance.</summary>
    public bool IsResumed { get; }

    public string VersionId => Document.ContentId;

    public string Id { get; }

    /// <summary>The run that it belongs to: itself, or the instance that all calls above it come from.</summary>
    public string RunId { get; init; }

    /// <summary>How many calls stand above this instance.</summary>
    public int Depth { get; }

    public IReadOnlyDictionary<string, JsonElement> Inputs { get; }

    public IReadOnlyDictionary<string, JsonElement> Outputs => outputs;

    public InstanceJournal Journal => journal;

    /// <summary>Runs the document from its root to its end, or from where the ledger says it stands.</summary>
    public void ExecuteAll(string? label, CancellationToken cancellation)
    {
        var scope = VariableScope.Of(Document.Variables, null);
        if (Document.Root is { } root) Execute(root, WorkflowDocument.WorkflowNodeId, 1, scope, label, cancellation);
    }

    /// <summary>Runs one activity, or applies what it did when it has finished already.</summary>
    /// <returns>Its outcomes.</returns>
    public IReadOnlyList<string> Execute(Activity activity, string parentPath, int visit, VariableScope scope, string? label, CancellationToken cancellation)
    {
        var path = visit == 1 ? $"{parentPath}:{activity.Id}" : $"{parentPath}:{activity.Id}#{visit}";
        if (IsResumed && Run.Ledger.FindActivity(Id, path, RecordPhase.Finished) is { } record) return Replay(record, new ActivityFrame(this, activity, path, scope, label, cancellation) { IsReplay = true });
        cancellation.ThrowIfCancellationRequested();
        return ExecuteNow(new ActivityFrame(this, activity, path, scope, label, cancellation) { StartedAt = Run.Time.GetUtcNow() });
    }

    /// <summary>The inputs with which a container began in an earlier life of the run; null when it has not begun.</summary>
    public JsonObject? StartedInputs(string path)
        => IsResumed && Run.Ledger.FindActivity(Id, path, RecordPhase.Started) is { } record ? JsonNode.Parse(record.Inputs)!.AsObject() : null;

    public void RecordStart(ActivityFrame frame) => journal.Started(frame);

    /// <summary>Sets an output of the workflow. As in Elsa it keeps the value that it was given, whatever type is declared.</summary>
    public JsonElement SetOutput(string name, JsonElement value) => outputs[name] = value;

    /// <summary>The id of an activity that an expression names by its id or its name.</summary>
    public string ActivityIdOf(string idOrName) => idsByName.Value.TryGetValue(idOrName, out var id) ? id : idOrName;

    public string ActivityNameOf(string id) => namesById.Value.GetValueOrDefault(id, id);

    /// <summary>Tells of a failure that may heal, and waits.</summary>
    public void WaitToRetry(ActivityFrame frame, TimeSpan wait, Exception failure)
    {
        journal.Write(frame, InstanceJournal.RetriedEvent, failure.Message);
        Report(new ActivityRetried(Id, frame.Path, frame.Activity.DisplayName, frame.Label, frame.Attempts, wait, failure.InPlainWords()));
        Task.Delay(wait, Run.Time, frame.Cancellation).GetAwaiter().GetResult();
    }

    private IReadOnlyList<string> ExecuteNow(ActivityFrame frame)
    {
        journal.Write(frame, InstanceJournal.StartedEvent, null);
        Report(new ActivityStarted(Id, frame.Path, frame.Activity.DisplayName, frame.Label, frame.Activity.Type));
        var outcomes = ExecuteGuarded(frame);
        frame.Scope.KeepOutputs(frame.Activity.Id, WorkflowValue.Of(frame.Outputs));
        journal.Finished(frame, outcomes);
        Report(new ActivityCompleted(Id, frame.Path, frame.Activity.DisplayName, frame.Label, frame.Activity.Type, frame.FromCache));
        return outcomes;
    }

    private IReadOnlyList<string> ExecuteGuarded(ActivityFrame frame)
    {
        try
        {
            return Behaviours.Of(frame.Activity.Type, Run.Catalog).Execute(frame);
        }
        catch (Exception ending) when (ending is LedgerException || (ending is OperationCanceledException && frame.Cancellation.IsCancellationRequested))
        {
            throw;
        }
        catch (ActivityFault)
        {
            // The activity in which it arose has recorded it; a container lets it pass.
            throw;
        }
        catch (Exception cause)
        {
            // The one boundary that adds instance, activity and pass to whatever a step throws.
            throw Faulted(frame, cause);
        }
    }

    private ActivityFault Faulted(ActivityFrame frame, Exception cause)
    {
        var fault = new ActivityFault(frame, cause);
        journal.Write(frame, InstanceJournal.FaultedEvent, fault.Message);
        Report(new ActivityFaulted(Id, frame.Path, frame.Activity.DisplayName, frame.Label, frame.Activity.Type, fault.Message, fault.Remedy, fault.Root is BadInputException bad ? bad.Problems : [])
        {
            Region = fault.Region, Attempts = fault.Attempts,
        });
        return fault;
    }

    private string[] Replay(ActivityRow record, ActivityFrame frame)
    {
        var behaviour = Behaviours.Of(frame.Activity.Type, Run.Catalog);
        if (behaviour.MayChangeOutside) behaviour.Execute(frame);
        frame.Apply(record);
        return JsonSerializer.Deserialize<string[]>(record.Outcomes, SurveyJson.Options)!;
    }

    public void Report(RunEvent happened) => Run.Progress?.Report(happened);
}
