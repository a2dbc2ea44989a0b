using System.Text.Json;

namespace ClusterSurvey.Workflows.Expressions;

/// <summary>What an expression can see: the variables in scope, the workflow's inputs, and outputs of activities that have finished.</summary>
public abstract class ExpressionScope
{
    public abstract IEnumerable<string> VariableNames { get; }

    public abstract IEnumerable<string> InputNames { get; }

    /// <summary>The outputs that finished activities have given, by the names of both.</summary>
    public abstract IEnumerable<(string Activity, string Output)> ActivityOutputs { get; }

    public abstract string InstanceId { get; }

    public abstract string DefinitionId { get; }

    public abstract string DefinitionVersionId { get; }

    public abstract int DefinitionVersion { get; }

    public abstract bool TryGetVariable(string name, out JsonElement value);

    public abstract bool TryGetVariableById(string id, out JsonElement value);

    public abstract void SetVariable(string name, JsonElement value);

    public abstract bool TryGetInput(string name, out JsonElement value);

    /// <summary>An output of the last finished run of an activity; all its outputs when <paramref name="output"/> is null.</summary>
    public abstract bool TryGetOutput(string activity, string? output, out JsonElement value);
}
