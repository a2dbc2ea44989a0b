using System.Diagnostics.CodeAnalysis;

namespace ClusterSurvey.Activities.Declaration;

/// <summary>The steps that definitions may use, by their names in definitions.</summary>
public sealed class StepCatalog
{
    private readonly Dictionary<string, StepDescriptor> steps;

    public StepCatalog(IEnumerable<Type> types) => steps = types.Select(StepDescriptor.Of).ToDictionary(step => step.TypeName, StringComparer.Ordinal);

    /// <summary>The steps that the survey ships: every step class of this assembly.</summary>
    public static StepCatalog Shipped { get; } = new(typeof(Step).Assembly.GetExportedTypes()
        .Where(type => typeof(Step).IsAssignableFrom(type) && !type.IsAbstract));

    /// <summary>All steps, ordered by name.</summary>
    public IReadOnlyList<StepDescriptor> Steps => [.. steps.Values.OrderBy(step => step.TypeName, StringComparer.Ordinal)];

    public bool TryFind(string typeName, [NotNullWhen(true)] out StepDescriptor? step) => steps.TryGetValue(typeName, out step);
}
