using Npgsql;

namespace ClusterSurvey.Workflows.Ledger;

/// <summary>What a connection string of PostgreSQL says.</summary>
internal static class PostgresConnection
{
    /// <summary>True for a connection string; false for the path of a file.</summary>
    public static bool IsOne(string database) => TryRead(database) is { Host.Length: > 0 };

    /// <summary>The place, without the password.</summary>
    public static string Shown(string connection)
        => TryRead(connection) is { } read ? $"{read.Username ?? "(no user)"}@{read.Host}:{read.Port}/{read.Database ?? "(no database)"}" : "a connection string that cannot be read";

    private static NpgsqlConnectionStringBuilder? TryRead(string connection)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }
}
