using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.EntityFrameworkCore;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>Runs one instance and keeps its row in the ledger: how it began, how it stands, how it ended.</summary>
internal sealed class WorkflowCall(RunState run)
{
    /// <summary>Runs an instance that an activity calls.</summary>
    /// <returns>Its outputs, as an object.</returns>
    public JsonElement Execute(WorkflowDocument document, string id, IReadOnlyDictionary<string, JsonElement> given, ActivityFrame caller)
    {
        var known = caller.Instance.IsResumed ? run.Ledger.Instance(id) : null;
        var inputs = known is null ? WithDefaults(document, given) : InputsOf(known);
        var instance = new InstanceExecution(run, document, id, inputs, caller.Instance.Depth + 1, known is not null) { RunId = caller.Instance.RunId };
        if (known is null) Begin(instance, caller);
        else BeginAgain(instance);
        Execute(instance, caller.Label, caller.Cancellation);
        return WorkflowValue.Of(Node(instance.Outputs));
    }

    /// <summary>Runs an instance whose row is in the ledger.</summary>
    public void Execute(InstanceExecution instance, string? label, CancellationToken cancellation)
    {
        instance.Report(new RunStarted(instance.Id, WorkflowDocument.WorkflowNodeId, instance.Document.Name, label));
        var status = RunStatus.Interrupted;
        try
        {
            status = EngineTelemetry.Run(instance, () =>
            {
                instance.ExecuteAll(label, cancellation);
                return instance.Journal.Incidents > 0 ? RunStatus.FinishedWithFailures : RunStatus.Finished;
            });
        }
        catch (ActivityFault fault)
        {
            status = RunStatus.Faulted;
            instance.Journal.Incident(fault, null);
            throw;
        }
        finally
        {
            End(instance, status);
            instance.Report(new RunFinished(instance.Id, WorkflowDocument.WorkflowNodeId, instance.Document.Name, label, status));
        }
    }

    /// <summary>Enters a new instance into the ledger.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="caller">The activity that calls it; null for a run.</param>
    public void Begin(InstanceExecution instance, ActivityFrame? caller)
    {
        var now = run.Time.GetUtcNow();
        var row = new InstanceRow
        {
            Id = instance.Id,
            DefinitionId = instance.Document.DefinitionId,
            DefinitionVersionId = instance.VersionId,
            Version = instance.Document.Version,
            Name = instance.Document.Name,
            ParentInstanceId = caller?.InstanceId,
            ParentPath = caller?.Path,
            Label = caller?.Label,
            Status = "Running",
            SubStatus = "Executing",
            Inputs = Node(instance.Inputs).ToJsonString(SurveyJson.Options),
            Outputs = "{}",
            Seed = run.Seed.Value.ToString(CultureInfo.InvariantCulture),
            RunFolder = run.RunFolder.Path,
            Definitions = new JsonObject(run.Definitions.Select(known => KeyValuePair.Create(known.Key, (JsonNode?)known.Value.ContentId))).ToJsonString(),
            IncidentCount = 0,
            CreatedAt = now,
            UpdatedAt = now,
        };
        run.Ledger.Post(context => context.Instances.Add(row));
    }

    /// <summary>The inputs of an instance: what is given, converted to what is declared; declared defaults for the rest.</summary>
    public static Dictionary<string, JsonElement> WithDefaults(WorkflowDocument document, IReadOnlyDictionary<string, JsonElement> given)
    {
        var inputs = new Dictionary<string, JsonElement>(given, StringComparer.Ordinal);
        foreach (var input in document.Inputs)
        {
            var value = given.TryGetValue(input.Name, out var found) ? found : WorkflowValue.Of(input.Default?.DeepClone());
            inputs[input.Name] = WorkflowValue.Convert(value, input.TypeName, input.IsArray);
        }
        return inputs;
    }

    public static Dictionary<string, JsonElement> InputsOf(InstanceRow row) => WorkflowValue.Parse(row.Inputs).EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);

    /// <summary>
    /// Takes up an instance again: passes that were quarantined are tried again, and what came after their loops is void.
    /// </summary>
    public void BeginAgain(InstanceExecution instance)
    {
        run.Ledger.TakeUpAgain(instance.Id);
        var now = run.Time.GetUtcNow();
        run.Ledger.Update(instance.Id, rows => rows.ExecuteUpdate(set => set
            .SetProperty(row => row.Status, "Running")
            .SetProperty(row => row.SubStatus, "Executing")
            .SetProperty(row => row.FinishedAt, (DateTimeOffset?)null)
            .SetProperty(row => row.UpdatedAt, now)));
    }

    private void End(InstanceExecution instance, RunStatus status)
    {
        var now = run.Time.GetUtcNow();
        var outputs = Node(instance.Outputs).ToJsonString(SurveyJson.Options);
        var isOver = status != RunStatus.Interrupted;
        var incidents = instance.Journal.Incidents;
        var subStatus = status == RunStatus.FinishedWithFailures ? nameof(RunStatus.Finished) : status.ToString();
        run.Ledger.Update(instance.Id, rows => rows.ExecuteUpdate(set => set
            .SetProperty(row => row.Status, isOver ? "Finished" : "Running")
            .SetProperty(row => row.SubStatus, subStatus)
            .SetProperty(row => row.Outputs, outputs)
            .SetProperty(row => row.IncidentCount, incidents)
            .SetProperty(row => row.FinishedAt, isOver ? now : null)
            .SetProperty(row => row.UpdatedAt, now)));
    }

    private static JsonObject Node(IReadOnlyDictionary<string, JsonElement> values)
        => new(values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => KeyValuePair.Create(value.Key, WorkflowValue.ToNode(value.Value))));
}
