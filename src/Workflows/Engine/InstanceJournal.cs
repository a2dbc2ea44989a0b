using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>Writes what happens in one instance to the ledger, in the order in which it happens.</summary>
/// <param name="run">The run.</param>
/// <param name="instanceId">The instance.</param>
/// <param name="lastSequence">The last place that is taken; null for a journal in which nothing is written, because the instance is another node's.</param>
internal sealed class InstanceJournal(RunState run, string instanceId, long? lastSequence)
{
    public const string StartedEvent = "Started";
    public const string CompletedEvent = "Completed";
    public const string FaultedEvent = "Faulted";
    public const string RetriedEvent = "Retried";
    public const string LogEvent = "Log";

    private readonly Lock order = new();
    private readonly bool isKept = lastSequence is not null;
    private long sequence = lastSequence ?? 0;
    private int incidents;

    /// <summary>How many incidents this life of the instance has recorded.</summary>
    public int Incidents => Volatile.Read(ref incidents);

    public void Write(ActivityFrame frame, string eventName, string? message)
    {
        if (!isKept) return;
        lock (order)
        {
            var row = Line(frame, eventName, message);
            run.Ledger.Post(context => context.Journal.Add(row));
        }
    }

    /// <summary>Records with which inputs a container begins.</summary>
    public void Started(ActivityFrame frame)
    {
        if (!isKept) return;
        lock (order)
        {
            var row = Record(frame, RecordPhase.Started, []);
            run.Ledger.Post(context => context.Activities.Add(row));
        }
    }

    /// <summary>Records that an activity has finished. A step's record is on disk before anything that follows it begins.</summary>
    public void Finished(ActivityFrame frame, IReadOnlyList<string> outcomes)
    {
        if (frame.IsReplay || !isKept) return;
        ActivityRow row;
        lock (order)
        {
            row = Record(frame, RecordPhase.Finished, outcomes);
            var line = Line(frame, CompletedEvent, null);
            run.Ledger.Post(context =>
            {
                context.Activities.Add(row);
                context.Journal.Add(line);
            });
        }
        if (row.Key is not null && !row.FromCache) run.Ledger.Commit(_ => { });
    }

    /// <summary>Records a fault that has ended the instance, or the pass of a loop.</summary>
    public void Incident(ActivityFault fault, string? passPath)
    {
        if (!isKept) return;
        lock (order)
        {
            incidents++;
            var row = IncidentOf(fault, passPath);
            run.Ledger.Post(context => context.Incidents.Add(row));
        }
    }

    private IncidentRow IncidentOf(ActivityFault fault, string? passPath) => new()
    {
        InstanceId = instanceId,
        Sequence = ++sequence,
        Path = fault.Path,
        ActivityId = fault.Activity.Id,
        NodeId = fault.Activity.NodeId,
        Type = fault.Activity.Type,
        Name = fault.Activity.DisplayName,
        StepType = fault.StepType,
        StepName = fault.StepName,
        Label = fault.Label,
        PassPath = passPath,
        Message = fault.Message,
        ExceptionType = fault.Root.GetType().FullName!,
        StackTrace = fault.Root.StackTrace,
        Remedy = fault.Remedy,
        Region = fault.Region,
        Attempts = fault.Attempts,
        Timestamp = run.Time.GetUtcNow(),
    };

    private JournalRow Line(ActivityFrame frame, string eventName, string? message) => new()
    {
        InstanceId = instanceId,
        Sequence = ++sequence,
        Path = frame.Path,
        ActivityId = frame.Activity.Id,
        NodeId = frame.Activity.NodeId,
        Type = frame.Activity.Type,
        TypeVersion = frame.Activity.Version,
        Name = frame.Activity.Name,
        EventName = eventName,
        Message = message,
        Timestamp = run.Time.GetUtcNow(),
    };

    private ActivityRow Record(ActivityFrame frame, RecordPhase phase, IReadOnlyList<string> outcomes) => new()
    {
        InstanceId = instanceId,
        Sequence = ++sequence,
        Path = frame.Path,
        Phase = phase,
        ActivityId = frame.Activity.Id,
        NodeId = frame.Activity.NodeId,
        Type = frame.Activity.Type,
        TypeVersion = frame.Activity.Version,
        Name = frame.Activity.Name,
        Outcomes = JsonSerializer.Serialize(outcomes, SurveyJson.Options),
        Effects = Text(frame.Effects),
        Inputs = Text(frame.Inputs),
        Outputs = Text(frame.Outputs),
        Label = frame.Label,
        Key = frame.Key,
        FromCache = frame.FromCache,
        StartedAt = frame.StartedAt,
        EndedAt = run.Time.GetUtcNow(),
    };

    private static string Text(JsonObject values) => values.ToJsonString(SurveyJson.Options);
}
