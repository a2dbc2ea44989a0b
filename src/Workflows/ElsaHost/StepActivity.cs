using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Models;

namespace ClusterSurvey.Workflows.ElsaHost;

/// <summary>The one activity of Elsa's that runs every step of the survey.</summary>
public class StepActivity : Elsa.Workflows.Activity
{
    [JsonIgnore]
    internal StepDescriptor Step { get; set; } = null!;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var inputs = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var input in context.ActivityDescriptor.Inputs)
            if (input.ValueGetter(this) is Input bound && ValueOf(context, input.Name, bound) is { IsSet: true } given) inputs[input.Name] = given.Value;
        var result = StepRunner.Run(Step, inputs, context.GetRequiredService<ElsaRun>().ContextOf(Step, context.CancellationToken));
        foreach (var output in context.ActivityDescriptor.Outputs)
            context.Set(output.ValueGetter(this) as Output, ElsaValues.ToElsa(result.Outputs[output.Name]), output.Name);
        await context.CompleteActivityWithOutcomesAsync(result.Outcome);
    }

    // An emptied text field leaves the default, as in the embedded engine.
    private (bool IsSet, JsonNode? Value) ValueOf(ActivityExecutionContext context, string name, Input bound)
    {
        var value = ElsaValues.ToNode(context.Get(bound.MemoryBlockReference()));
        var isText = Step.Inputs.Single(input => input.Name == name).Type == typeof(string);
        return (bound.Expression?.Type != "Literal" || (value is not null && (isText || value.ToString().Trim().Length > 0)), value);
    }
}
