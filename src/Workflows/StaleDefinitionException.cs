using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Workflows;

/// <summary>A definition was saved from a version that is not the newest any more: saving it would undo what somebody else has done.</summary>
public sealed class StaleDefinitionException(DefinitionVersion latest) : BadInputException(
    latest.Name, "changes to an older version", FormattableString.Invariant($"changes to version {latest.Version}"), "load the definition again and repeat the change")
{
    /// <summary>The version that counts.</summary>
    public DefinitionVersion Latest => latest;
}
