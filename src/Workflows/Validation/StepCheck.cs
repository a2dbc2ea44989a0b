using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Expressions;
using ClusterSurvey.Workflows.Format;

namespace ClusterSurvey.Workflows.Validation;

/// <summary>Checks the use of a step against its declaration.</summary>
internal sealed class StepCheck(WorkflowDocument document, Activity activity, VisibleVariables visible, StepDescriptor step) : ActivityCheck(document, activity, visible)
{
    protected override IReadOnlyList<string> InputNames => [.. step.Inputs.Select(input => input.Name)];

    protected override IReadOnlyList<string> OutputNames => [.. step.Outputs.Select(output => output.Name)];

    protected override IReadOnlyList<string> PortNames => [];

    protected override void CheckMore()
    {
        foreach (var input in step.Inputs) CheckInput(input);
        foreach (var (place, found, expected, remedy) in FailurePolicyOverride.Problems(Activity)) Add(place, found, expected, remedy);
    }

    private void CheckInput(StepInput input)
    {
        var expression = Activity.Input(input.Name);
        if (StepBehaviour.IsUnset(expression, input))
        {
            if (input.Required) Add($"/{Node.CamelCase(input.Name)}", "no value", $"a value of type {input.Type.Name}", "bind the input in the designer");
            return;
        }
        if (Constant(expression!, out var value) && InputBinding.TryConvert(step, input, value, out _) is { } wrong)
            Add($"/{Node.CamelCase(input.Name)}/expression/value", wrong.Found, wrong.Expected, wrong.Remedy);
    }

    private static bool Constant(Expression expression, out JsonNode? value)
    {
        value = null;
        if (expression.Type == Expression.Literal) value = JsonValue.Create(expression.Text);
        else if (expression.Type == Expression.Object && WorkflowValue.TryParse(expression.Text ?? "null", out var parsed)) value = WorkflowValue.ToNode(parsed);
        else return false;
        return true;
    }
}
