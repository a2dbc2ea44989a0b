namespace ClusterSurvey.Activities.Artifacts;

/// <summary>
/// A handle to content in the artifact store: what kind of thing it is, the SHA-256 of its bytes (lower-case
/// hex) and the version of its layout. Handles cross between steps; arrays never do.
/// </summary>
public sealed record Artifact(string Kind, string Sha256, int Schema)
{
    public override string ToString() => $"{Kind}/{Schema}/{Sha256}";
}

/// <summary>
/// A file of the user's as an input of a step. The key of the step holds the hash of the content, never the path.
/// </summary>
public sealed record InputFile(string Path);
