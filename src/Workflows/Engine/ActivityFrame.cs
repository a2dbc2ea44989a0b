using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Workflows.Engine;

/// <summary>One execution of one activity: where it stands, what it has read, and what it has changed.</summary>
internal sealed class ActivityFrame(InstanceExecution instance, Activity activity, string path, VariableScope scope, string? label, CancellationToken cancellation) : ExpressionScope
{
    private const string OutputEffect = "output:";

    private JsonObject? recordedInputs;

    public InstanceExecution Instance => instance;

    public Activity Activity => activity;

    public string Path => path;

    public VariableScope Scope => scope;

    public string? Label => label;

    public CancellationToken Cancellation => cancellation;

    /// <summary>True when the activity has finished in an earlier life of the run, and only what is in it is walked through again.</summary>
    public bool IsReplay { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>True for an activity of the run's own document that stands in no loop.</summary>
    public bool IsInTheRunItself => instance.Depth == 0 && label is null;

    public JsonObject Inputs { get; } = [];

    public JsonObject Outputs { get; } = [];

    public JsonObject Effects { get; } = [];

    public string? Key { get; set; }

    public bool FromCache { get; set; }

    /// <summary>How often the activity was tried.</summary>
    public int Attempts { get; set; } = 1;

    public override IEnumerable<string> VariableNames => scope.Names;

    public override IEnumerable<string> InputNames => instance.Inputs.Keys;

    public override IEnumerable<(string Activity, string Output)> ActivityOutputs
        => scope.Outputs.SelectMany(kept => kept.Values.EnumerateObject().Select(output => (instance.ActivityNameOf(kept.ActivityId), output.Name)));

    public override string InstanceId => instance.Id;

    public override string DefinitionId => instance.Document.DefinitionId;

    public override string DefinitionVersionId => instance.VersionId;

    public override int DefinitionVersion => instance.Document.Version;

    public override bool TryGetVariable(string name, out JsonElement value) => scope.TryGet(variable => variable.Name == name, out value);

    public override bool TryGetVariableById(string id, out JsonElement value) => scope.TryGet(variable => variable.Id == id, out value);

    public override void SetVariable(string name, JsonElement value) => Assign(name, value);

    public override bool TryGetInput(string name, out JsonElement value) => instance.Inputs.TryGetValue(name, out value);

    public override bool TryGetOutput(string activity, string? output, out JsonElement value)
    {
        if (!scope.TryGetOutputs(instance.ActivityIdOf(activity), out value)) return false;
        return output is null || value.TryGetProperty(output, out value);
    }

    /// <summary>The value of an input; null when the document does not set it. It becomes part of the record.</summary>
    public JsonElement? Evaluate(string input)
    {
        if (activity.Input(input) is not { } expression) return null;
        var value = Evaluate(input, expression);
        Inputs[input] = WorkflowValue.ToNode(value);
        return value;
    }

    private JsonElement Evaluate(string input, Expression expression)
    {
        try
        {
            return instance.Run.Evaluator.Evaluate(expression, this, cancellation);
        }
        catch (ExpressionException wrong)
        {
            throw wrong.At(activity.Id, input);
        }
    }

    /// <summary>
    /// The value of an input of a container, which is recorded before anything in the container runs: when the run is
    /// resumed, the container goes on with the value that it had.
    /// </summary>
    public JsonElement? EvaluateOnce(string input)
    {
        recordedInputs ??= instance.StartedInputs(path);
        if (recordedInputs is not null) return recordedInputs.TryGetPropertyValue(input, out var known) ? WorkflowValue.Of(known) : null;
        var value = Evaluate(input);
        instance.RecordStart(this);
        return value;
    }

    /// <summary>Sets an output, and the variable that the document maps it to.</summary>
    public void SetOutput(string name, JsonElement value)
    {
        Outputs[name] = WorkflowValue.ToNode(value);
        if (activity.OutputTargets.TryGetValue(Node.CamelCase(name), out var variable)) Assign(variable, value);
    }

    public void Assign(string variable, JsonElement value)
    {
        var (id, assigned) = scope.Set(variable, value);
        Effects[id] = WorkflowValue.ToNode(assigned);
    }

    public void SetWorkflowOutput(string name, JsonElement value) => Effects[OutputEffect + name] = WorkflowValue.ToNode(instance.SetOutput(name, value));

    /// <summary>Does again, without evaluating anything, what a finished activity has changed.</summary>
    public void Apply(ActivityRow record)
    {
        foreach (var (name, value) in JsonNode.Parse(record.Effects)!.AsObject())
        {
            if (name.StartsWith(OutputEffect, StringComparison.Ordinal)) instance.SetOutput(name[OutputEffect.Length..], WorkflowValue.Of(value));
            else scope.Set(name, WorkflowValue.Of(value));
        }
        scope.KeepOutputs(activity.Id, WorkflowValue.Parse(record.Outputs));
    }

    /// <summary>The fault of a pass of this loop that another node has carried out; told as if it had arisen here.</summary>
    public ActivityFault FaultedElsewhere(FaultRecord failed, string passPath, string passLabel)
    {
        instance.Report(new ActivityFaulted(instance.Id, passPath, failed.StepName, passLabel, failed.StepType, failed.Message, failed.Remedy, failed.Problems) { Region = failed.Region, Attempts = failed.Attempts });
        return new ActivityFault(this, passLabel, failed);
    }

    /// <summary>Runs an activity that is held in this one.</summary>
    public IReadOnlyList<string> Execute(Activity child, VariableScope childScope, string? index = null, int visit = 1, string? childLabel = null, CancellationToken? childCancellation = null)
        => instance.Execute(child, path + index, visit, childScope, childLabel ?? label, childCancellation ?? cancellation);
}
