using ClusterSurvey.Support;
using ClusterSurvey.Workflows.Ledger;
using Npgsql;

namespace ClusterSurvey.Workflows.Tests.Ledger;

/// <summary>
/// Where the tests keep their ledgers: in SQLite files, or, when CLUSTERSURVEY_TEST_LEDGERS is <c>postgres</c>, each in a database
/// of its own on the server that CLUSTERSURVEY_TEST_POSTGRES names by its connection string.
/// </summary>
internal static class TestLedgers
{
    public static bool AreFiles { get; } = Environment.GetEnvironmentVariable("CLUSTERSURVEY_TEST_LEDGERS") != "postgres";

    /// <summary>The ledger that belongs to a folder: for a second process that knows the folder, the same.</summary>
    public static RunLedger Open(string folder) => AreFiles ? RunLedger.Open(Path.Combine(folder, "ledger.db")) : OpenOnServer(folder);

    /// <summary>The same, in PostgreSQL in any case.</summary>
    public static RunLedger OpenOnServer(string folder) => RunLedger.Open(new NpgsqlConnectionStringBuilder(PostgresServer.Require()) { Database = Path.GetFileName(folder) }.ToString());

    /// <summary>Removes what belongs to a folder from the server.</summary>
    public static void Remove(string folder)
    {
        if (PostgresServer.Connection is not { } server) return;
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS \"{Path.GetFileName(folder)}\" WITH (FORCE)", connection);
        drop.ExecuteNonQuery();
    }
}
