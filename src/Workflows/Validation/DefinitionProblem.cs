using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Workflows.Validation;

/// <summary>Something that is wrong with a definition.</summary>
/// <param name="Definition">The definition's id.</param>
/// <param name="Activity">The id of the activity; null when it is about the definition as a whole.</param>
/// <param name="Pointer">The JSON pointer of the place.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Expected">What should stand there.</param>
/// <param name="Remedy">What to do.</param>
public sealed record DefinitionProblem(string Definition, string? Activity, string Pointer, string Found, string Expected, string Remedy)
{
    /// <summary>The problem as all other bad inputs are reported.</summary>
    public Problem ToProblem() => new(Activity is null ? $"{Definition} {Pointer}" : $"{Definition}, activity '{Activity}' {Pointer}", Found, Expected, Remedy);
}
