namespace ClusterSurvey.Workflows;

/// <summary>A version of a definition, without its content.</summary>
/// <param name="Id">The id of the version.</param>
/// <param name="DefinitionId">What all versions of the definition have in common.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Description">What it does.</param>
/// <param name="Version">Its number, rising.</param>
/// <param name="IsLatest">True for the version that is edited.</param>
/// <param name="IsPublished">True for the version that other definitions and the command line run.</param>
/// <param name="IsShipped">True for a version that comes with the program: it can be neither changed nor deleted.</param>
/// <param name="CreatedAt">When it was saved first; for what is shipped, when the program was built.</param>
public sealed record DefinitionVersion(
    string Id, string DefinitionId, string Name, string Description, int Version, bool IsLatest, bool IsPublished, bool IsShipped, DateTimeOffset CreatedAt);

/// <summary>Which version of a definition is meant.</summary>
public enum VersionChoice
{
    /// <summary>The one that is edited.</summary>
    Latest,

    /// <summary>The one that is published; none when none is.</summary>
    Published,

    /// <summary>The published one, or else the one that is edited: what a run by name takes.</summary>
    PublishedOrLatest,
}
