using ClusterSurvey.Workflows.Ledger;
using Npgsql;

namespace ClusterSurvey.Workflows.Tests.Ledger;

/// <summary>
/// Where the tests keep their ledgers: in SQLite files, or, when CLUSTERSURVEY_TEST_LEDGERS is <c>postgres</c>, each in a database
/// of its own on the server that CLUSTERSURVEY_TEST_POSTGRES names by its connection string.
/// </summary>
internal static class TestLedgers
{
    public const string Variable = "CLUSTERSURVEY_TEST_POSTGRES";

    public static string? Server { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    public static bool AreFiles { get; } = Environment.GetEnvironmentVariable("CLUSTERSURVEY_TEST_LEDGERS") != "postgres";

    /// <summary>The connection string of a server. Without one the test skips, unless CLUSTERSURVEY_REQUIRE_POSTGRES=1, and then it fails.</summary>
    public static string RequireServer()
    {
        if (Server is { } server) return server;
        const string reason = $"no PostgreSQL: set {Variable} to the connection string of a server on which databases may be made (./ci starts one)";
        if (Environment.GetEnvironmentVariable("CLUSTERSURVEY_REQUIRE_POSTGRES") == "1") Assert.Fail(reason);
        Assert.Skip(reason);
        return reason;
    }

    /// <summary>The ledger that belongs to a folder: for a second process that knows the folder, the same.</summary>
    public static RunLedger Open(string folder) => AreFiles ? RunLedger.Open(Path.Combine(folder, "ledger.db")) : OpenOnServer(folder);

    /// <summary>The same, in PostgreSQL in any case.</summary>
    public static RunLedger OpenOnServer(string folder) => RunLedger.Open(new NpgsqlConnectionStringBuilder(RequireServer()) { Database = Path.GetFileName(folder) }.ToString());

    /// <summary>Removes what belongs to a folder from the server.</summary>
    public static void Remove(string folder)
    {
        if (Server is null) return;
        using var connection = new NpgsqlConnection(Server);
        connection.Open();
        using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS \"{Path.GetFileName(folder)}\" WITH (FORCE)", connection);
        drop.ExecuteNonQuery();
    }
}
