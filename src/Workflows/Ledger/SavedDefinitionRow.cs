namespace ClusterSurvey.Workflows.Ledger;

/// <summary>A version of a definition that somebody has saved: a draft, which the next save overwrites, or a published one, which stays.</summary>
public sealed class SavedDefinitionRow
{
    /// <summary>The id of the version.</summary>
    public required string Id { get; init; }

    public required string DefinitionId { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required int Version { get; init; }

    public required bool IsLatest { get; init; }

    public required bool IsPublished { get; init; }

    /// <summary>The whole document, without the members above that change with later versions.</summary>
    public required string Json { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
