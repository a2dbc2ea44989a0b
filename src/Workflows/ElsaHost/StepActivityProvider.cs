using ClusterSurvey.Activities.Declaration;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Contracts;
using Elsa.Workflows.Models;

namespace ClusterSurvey.Workflows.ElsaHost;

/// <summary>Tells Elsa which steps there are: one descriptor for each, made from its declaration.</summary>
public class StepActivityProvider(ElsaRun run) : IActivityProvider
{
    /// <inheritdoc/>
    public ValueTask<IEnumerable<ActivityDescriptor>> GetDescriptorsAsync(CancellationToken cancellationToken = default) => new(run.Catalog.Steps.Select(Describe).ToList());

    private static ActivityDescriptor Describe(StepDescriptor step)
    {
        var parts = step.TypeName.Split('.');
        return new ActivityDescriptor
        {
            TypeName = step.TypeName,
            Namespace = parts[0],
            Name = parts[^1],
            Version = 1,
            Category = step.Declared.Category,
            DisplayName = step.Declared.DisplayName,
            Description = step.Declared.Description,
            Kind = ActivityKind.Task,
            ClrType = typeof(StepActivity),
            Constructor = context =>
            {
                var made = context.CreateActivity<StepActivity>();
                made.Activity.Step = step;
                made.Activity.Type = step.TypeName;
                made.Activity.Version = 1;
                return made;
            },
            Inputs = [.. step.Inputs.Select(Describe)],
            Outputs = [.. step.Outputs.Select(Describe)],
            Ports = [.. step.Declared.Outcomes.Select(outcome => new Port { Name = outcome, DisplayName = outcome, Type = PortType.Flow, IsBrowsable = true })],
        };
    }

    private static InputDescriptor Describe(StepInput input) => new()
    {
        Name = input.Name,
        DisplayName = input.Name,
        Description = input.Declared.Description,
        // The step converts and checks what it is given itself: a literal stays text, anything else what the expression makes.
        Type = typeof(object),
        IsWrapped = true,
        IsSynthetic = true,
        UIHint = "singleline",
        ValueGetter = activity => Bound(activity, input.Name),
        ValueSetter = (activity, value) => activity.SyntheticProperties[input.Name] = value!,
    };

    private static OutputDescriptor Describe(StepOutput output) => new()
    {
        Name = output.Name,
        DisplayName = output.Name,
        Description = output.Declared.Description,
        Type = typeof(object),
        IsSynthetic = true,
        ValueGetter = activity => Bound(activity, output.Name),
        ValueSetter = (activity, value) => activity.SyntheticProperties[output.Name] = value!,
    };

    private static object? Bound(IActivity activity, string name) => activity.SyntheticProperties.TryGetValue(name, out var bound) ? bound : null;
}
