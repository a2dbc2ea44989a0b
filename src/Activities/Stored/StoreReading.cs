using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Activities.Stored;

/// <summary>Opens artifacts of a known kind.</summary>
internal static class StoreReading
{
    /// <exception cref="ArgumentException">The artifact is of another kind: the definition connects outputs and inputs that do not fit.</exception>
    public static Stream OpenAs(this ArtifactStore store, Artifact artifact, string kind)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        if (artifact.Kind != kind)
            throw new Problems.BadInputException(artifact.ToString(), $"an artifact of kind '{artifact.Kind}'", $"one of kind '{kind}'",
                "connect the input to the step that makes it");
        return store.Open(artifact);
    }

    public static ArrayBundle LoadBundle(this ArtifactStore store, Artifact artifact, string kind)
    {
        using var stream = store.OpenAs(artifact, kind);
        return ArrayBundle.Read(stream, artifact.ToString());
    }
}
