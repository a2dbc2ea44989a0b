using System.Text.Json.Serialization;

namespace ClusterSurvey.Workflows.Ledger.Backup;

/// <summary>What a backup tells of itself: the member <c>backup.json</c> of its archive.</summary>
public sealed record BackupContents
{
    public const string FormatName = "clustersurvey-database-backup";

    public const int NewestVersion = 1;

    public required string Format { get; init; }

    public required int Version { get; init; }

    /// <summary>The id of the last migration of the tables in it.</summary>
    public required string Schema { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>SHA-256 of the member <c>ledger.db</c>, in hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How many rows each table has.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }

    /// <summary>How many runs and called instances it holds.</summary>
    [JsonIgnore]
    public long Instances => Rows.GetValueOrDefault("instances");

    /// <summary>The rows of all tables.</summary>
    [JsonIgnore]
    public long AllRows => Rows.Values.Sum();
}
