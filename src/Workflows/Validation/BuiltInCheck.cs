using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Validation;

/// <summary>Checks the use of one of Elsa's activities.</summary>
internal sealed class BuiltInCheck(WorkflowDocument document, Activity activity, VisibleVariables visible, ActivityType type) : ActivityCheck(document, activity, visible)
{
    protected override IReadOnlyList<string> InputNames => [.. type.Inputs.Where(input => input.Wrapped).Select(input => input.Name)];

    protected override IReadOnlyList<string> OutputNames => type.Outputs;

    protected override IReadOnlyList<string> PortNames => type.Ports;

    protected override IReadOnlyList<string> PlainNames => [.. type.Inputs.Where(input => !input.Wrapped).Select(input => input.Name)];

    protected override IReadOnlyList<string> ListNames => type.Lists;

    protected override void CheckMore()
    {
        foreach (var input in type.Inputs.Where(input => input.Wrapped)) CheckInput(input, Activity.Input(input.Name));
        foreach (var input in type.Inputs.Where(input => !input.Wrapped)) CheckRaw(input);
        if (Activity.Type == ActivityTypes.SetVariable) CheckTarget();
        if (Activity.Type == ActivityTypes.SetOutput) CheckOutput();
        if (Activity.Custom(FailurePolicyOverride.Property) is not null)
            Add($"/customProperties/{FailurePolicyOverride.Property}", "a failure policy", "none: only a step can fail in a way that heals", "move it to the steps");
    }

    private void CheckInput(TypeInput input, Expression? expression)
    {
        var place = $"/{Node.CamelCase(input.Name)}";
        if (expression is null || (expression.Type == Expression.Literal && string.IsNullOrEmpty(expression.Text)))
        {
            if (input.Required) Add(place, "no value", $"a value of type {input.TypeName}", "bind the input in the designer");
            return;
        }
        if (!input.Supported) Add(place, "a value", "no value: the embedded engine cannot honour this input", "clear the input");
        else if (expression.Type == Expression.Literal) CheckLiteral(place, input, expression.Text!);
        else if (input.MustBeLiteral) Add(place, $"a {expression.Type} expression", "a literal, because it must be known before the run", "write the value");
    }

    private void CheckLiteral(string place, TypeInput input, string text)
    {
        if (input.Choices is { } choices && !choices.Contains(text)) Add($"{place}/expression/value", $"'{text}'", $"one of {string.Join(", ", choices)}", Spelling.Suggest(text, [.. choices]));
        else if (input.TypeName == "Boolean" && !bool.TryParse(text, out _)) Add($"{place}/expression/value", $"'{text}'", "True or False", "correct the value");
        else if (input.TypeName.StartsWith("List<", StringComparison.Ordinal) && !WorkflowValue.TryParse(text, out _)) Add($"{place}/expression/value", $"'{text}'", "a list", "use an Object or JavaScript expression");
    }

    private void CheckRaw(TypeInput input)
    {
        if (Activity.Raw(input.Name) is not { } value)
        {
            if (input.Required) Add($"/{Node.CamelCase(input.Name)}", "no value", $"a value of type {input.TypeName}", "pick one in the designer");
        }
        else if (input.Choices is { } choices && !choices.Contains(WorkflowValue.ToText(WorkflowValue.Of(value))))
        {
            Add($"/{Node.CamelCase(input.Name)}", value.ToJsonString(), $"one of {string.Join(", ", choices)}", "the embedded engine supports no other");
        }
    }

    private void CheckTarget()
    {
        var (id, name) = SetVariableBehaviour.TargetOf(Activity);
        if (id is null && name is null) Add("/variable", "no variable picked", "a variable in scope", "pick one in the designer");
        else CheckAssigned("/variable", Visible.ById(id) ?? Visible.ByName(name), name ?? id!);
    }

    private void CheckOutput()
    {
        if (Visible.IsInParallelLoop) Add("", "a workflow output that is set inside of a parallel loop", "an output that is set once", "set it after the loop");
        if (Activity.Input("OutputName") is not { Type: Expression.Literal, Text: { Length: > 0 } name }) return;
        if (!Document.Outputs.Any(output => output.Name == name)) Add("/outputName/expression/value", $"the output '{name}'", "an output that the definition declares", Spelling.Suggest(name, [.. Document.Outputs.Select(output => output.Name)]));
    }
}
