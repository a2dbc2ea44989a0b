namespace ClusterSurvey.Workflows.Ledger;

/// <summary>A key to the web application. The key itself is shown once, when it is made, and kept nowhere.</summary>
public sealed class ApiKeyRow
{
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key, in hexadecimal digits. A key is 256 random bits: there is nothing to guess that salt or stretching would protect.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
