using ClusterSurvey.Support;
using ClusterSurvey.Workflows.Ledger;
using Npgsql;

namespace ClusterSurvey.Workflows.Tests.Ledger;

public sealed class RunLedgerTests
{
    private const char Half = '\uD800';

    [Fact]
    public void Tables_are_those_of_the_program_in_SQLite() => AssertUpToDate(folder => RunLedger.Open(Path.Combine(folder, "ledger.db")));

    [Fact]
    public void Tables_are_those_of_the_program_in_PostgreSQL()
        => AssertUpToDate(TestLedgers.OpenOnServer);

    [Fact]
    public void Server_that_is_not_there_is_named_without_the_password()
    {
        var refused = Assert.Throws<LedgerException>(() => RunLedger.Open("Host=127.0.0.1;Port=1;Database=survey;Username=me;Password=secret;Timeout=2"));

        Assert.StartsWith("me@127.0.0.1:1/survey", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_password_is_refused()
    {
        var connection = new NpgsqlConnectionStringBuilder(PostgresServer.Require()) { Password = "wrong-password" };

        Assert.DoesNotContain("wrong-password", Assert.Throws<LedgerException>(() => RunLedger.Open(connection.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_nodes_share_a_ledger()
    {
        var definition = Draw.Definition("shared", Draw.Write("w", "x"));
        using var bench = new TestBench(definition);
        using var second = TestLedgers.Open(Path.GetDirectoryName(bench.LedgerPath)!);

        bench.Run(definition, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal("Finished", Assert.Single(second.Instances()).SubStatus);
    }

    [Fact]
    public void Text_that_a_database_does_not_hold_is_kept_as_far_as_it_can_be()
    {
        var definition = Draw.Definition("odd", Draw.Activity("w", "Elsa.WriteLine", ("text", Draw.Script("'a' + String.fromCharCode(0) + 'b \\u{1F30C} ' + String.fromCharCode(0xD800)"))));
        using var bench = new TestBench(definition);

        var outcome = bench.Run(definition, cancellation: TestContext.Current.CancellationToken);

        var line = Assert.Single(bench.Ledger.Journal(outcome.InstanceId), line => line.EventName == "Log").Message!;
        Assert.StartsWith("a\uFFFDb \U0001F30C ", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Half, line);
    }

    private static void AssertUpToDate(Func<string, RunLedger> open)
    {
        var folder = Directory.CreateTempSubdirectory("clustersurvey-ledger-");
        try
        {
            using (var first = open(folder.FullName)) Assert.True(first.IsUpToDate);
            using var again = open(folder.FullName);
            Assert.True(again.IsUpToDate);
        }
        finally
        {
            TestLedgers.Remove(folder.FullName);
            folder.Delete(recursive: true);
        }
    }
}
