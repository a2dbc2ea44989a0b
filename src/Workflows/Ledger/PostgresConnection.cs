using System.Globalization;
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

    /// <summary>
    /// The connection of a node that others wait for: the server ends its transactions when it falls silent in the midst of one, whose locks would keep
    /// all others waiting.
    /// </summary>
    public static string OfNode(string connection, TimeSpan silence)
    {
        var read = new NpgsqlConnectionStringBuilder(connection);
        read.Options = string.Create(CultureInfo.InvariantCulture, $"{read.Options} -c idle_in_transaction_session_timeout={(long)silence.TotalMilliseconds}").Trim();
        return read.ToString();
    }

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
