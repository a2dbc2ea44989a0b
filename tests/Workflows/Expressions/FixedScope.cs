using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Workflows.Expressions;

namespace ClusterSurvey.Workflows.Tests.Expressions;

/// <summary>Variables and inputs that a test lays down.</summary>
internal sealed class FixedScope : ExpressionScope
{
    public Dictionary<string, JsonElement> Variables { get; } = [];

    public Dictionary<string, JsonElement> Inputs { get; } = [];

    public override IEnumerable<string> VariableNames => Variables.Keys;

    public override IEnumerable<string> InputNames => Inputs.Keys;

    public override IEnumerable<(string Activity, string Output)> ActivityOutputs => [("measure_1", "Amplitude")];

    public override string InstanceId => "instance";

    public override string DefinitionId => "definition";

    public override string DefinitionVersionId => "version";

    public override int DefinitionVersion => 3;

    public static FixedScope Of(string variables, string inputs = "{}")
    {
        var scope = new FixedScope();
        foreach (var (name, value) in JsonNode.Parse(variables)!.AsObject()) scope.Variables[name] = WorkflowValue.Of(value);
        foreach (var (name, value) in JsonNode.Parse(inputs)!.AsObject()) scope.Inputs[name] = WorkflowValue.Of(value);
        return scope;
    }

    public override bool TryGetVariable(string name, out JsonElement value) => Variables.TryGetValue(name, out value);

    public override bool TryGetVariableById(string id, out JsonElement value) => Variables.TryGetValue(id, out value);

    public override void SetVariable(string name, JsonElement value) => Variables[name] = value;

    public override bool TryGetInput(string name, out JsonElement value) => Inputs.TryGetValue(name, out value);

    public override bool TryGetOutput(string activity, string? output, out JsonElement value)
    {
        value = WorkflowValue.Of(25);
        return (activity, output) == ("measure_1", "Amplitude");
    }
}
