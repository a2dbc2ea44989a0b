namespace ClusterSurvey.Support;

/// <summary>The server on which tests may make databases.</summary>
internal static class PostgresServer
{
    public const string Variable = "CLUSTERSURVEY_TEST_POSTGRES";

    /// <summary>Its connection string; null when there is none.</summary>
    public static string? Connection { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    /// <summary>Its connection string. Without a server the test skips, unless CLUSTERSURVEY_REQUIRE_POSTGRES=1, and then it fails.</summary>
    public static string Require()
    {
        if (Connection is { } server) return server;
        const string reason = $"no PostgreSQL: set {Variable} to the connection string of a server on which databases may be made (./ci starts one)";
        if (Environment.GetEnvironmentVariable("CLUSTERSURVEY_REQUIRE_POSTGRES") == "1") Assert.Fail(reason);
        Assert.Skip(reason);
        return reason;
    }
}
