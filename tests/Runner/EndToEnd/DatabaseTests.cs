using System.Text.Json.Nodes;
using ClusterSurvey.Runner.Tests.Workers;
using ClusterSurvey.Support;
using ClusterSurvey.Workflows.Ledger;
using Npgsql;

namespace ClusterSurvey.Runner.Tests.EndToEnd;

/// <summary>The ledger in PostgreSQL: the same survey, and a password that nobody is told.</summary>
public sealed class DatabaseTests(MockSurvey survey)
{
    private const string Variable = "CLUSTERSURVEY_DATABASE", Secret = "open-sesame";

    private const string Nowhere = $"Host=127.0.0.1;Port=1;Database=survey;Username=me;Password={Secret};Timeout=3";

    private const int LongLease = 120;

    private static readonly string[] One = ["--clusters", "A85"];

    [Fact]
    public void Survey_that_is_queued_in_a_database_goes_on_without_who_queued_it_and_ends_with_the_same_bytes()
    {
        var home = survey.Fresh("in a database");
        using var database = new Database(home);
        using var worker = WorkerProcess.Start(database.Connection, home, LongLease);
        SurveyProgram.RunUntil(2, null, survey.Arguments(home, [.. One, "--database", database.Connection]));
        var run = Assert.Single(Directory.EnumerateDirectories(home), folder => File.Exists(Path.Combine(folder, "manifest.json")));

        var last = SurveyProgram.RunWith(Variable, database.Connection, "resume", run, "--json").Expect(ExitCode.Done);
        var whole = survey.Survey(survey.Fresh("in a file"), One)["folder"]!.GetValue<string>();
        var again = SurveyProgram.Run(survey.Arguments(home, [.. One, "--database", database.Connection])).Expect(ExitCode.Done);
        var plan = SurveyProgram.RunWith(Variable, database.Connection, ["plan", .. survey.Arguments(home, One)[1..]]).Expect(ExitCode.Done);

        Assert.Equal(MockSurvey.Hashes(whole), MockSurvey.Hashes(run));
        Assert.All(plan.Json["steps"]!.AsArray().Where(step => !step!["cached"]!.GetValue<bool>()), step => Assert.StartsWith("always", step!["reason"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Equal(2, database.Runs());
        Assert.Empty(Directory.EnumerateFiles(home, ".ledger*"));
        SurveyProgram.Run("gc", "--out", home, "--older-than", "0", "--dry-run", "--database", database.Connection).Expect(ExitCode.Done);
        // What it holds while it is there is read too.
        Assert.Equal(ExitCode.Done, worker.End());
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(home, ".logs"), "worker-*.jsonl"));
        Assert.All([last.Output + last.Errors, again.Output + again.Errors, plan.Output + plan.Errors, worker.Said], said => Assert.DoesNotContain(database.Password, said, StringComparison.Ordinal));
        Assert.All(Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories), file => Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(database.Password)) >= 0, file));
    }

    [Fact]
    public void Definitions_and_keys_are_kept_in_the_database_too()
    {
        var home = survey.Fresh("kept");
        using var database = new Database(home);
        var file = Path.Combine(survey.Maps, "mine.json");
        File.WriteAllText(file, new JsonObject
        {
            ["definitionId"] = "mine", ["name"] = "Mine", ["root"] = new JsonObject { ["id"] = "w", ["type"] = "Elsa.WriteLine" },
        }.ToJsonString());

        SurveyProgram.Run("workflows", "import", file, "--publish", "--out", home, "--database", database.Connection).Expect(ExitCode.Done);
        SurveyProgram.Run("keys", "create", "me", "--data", home, "--database", database.Connection).Expect(ExitCode.Done);

        Assert.Contains("mine", SurveyProgram.RunWith(Variable, database.Connection, "workflows", "list", "--out", home).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("mine", SurveyProgram.Run("workflows", "list", "--out", home).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        Assert.Contains("me", SurveyProgram.RunWith(Variable, database.Connection, "keys", "list", "--data", home).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
        using var worker = WorkerProcess.Start(database.Connection, home, LongLease);
        SurveyProgram.Run("run", "mine", "--out", home, "--database", database.Connection).Expect(ExitCode.Done);
    }

    [Theory]
    [InlineData("run", "cluster-survey", "--sample", "s.csv")]
    [InlineData("plan", "cluster-survey", "--sample", "s.csv")]
    [InlineData("serve")]
    [InlineData("worker", "--artifacts", ".")]
    [InlineData("workflows", "list")]
    [InlineData("keys", "list")]
    [InlineData("schedule", "list")]
    [InlineData("database", "backup", "backup.zip")]
    public void Database_that_cannot_be_reached_is_said_in_one_line_without_the_password(params string[] command)
    {
        Refused(SurveyProgram.Run([.. command, "--database", Nowhere]), "--database: found me@127.0.0.1:1/survey");
        Refused(SurveyProgram.RunWith(Variable, Nowhere, command), "--database: found me@127.0.0.1:1/survey");
    }

    [Theory]
    [InlineData($"postgres://me:{Secret}@localhost/survey")]
    [InlineData($"Hots=localhost;Password={Secret}")]
    [InlineData($"Host=localhost;Timeout=soon;Password={Secret}")]
    [InlineData($"{Secret}.db")]
    public void What_is_no_connection_string_is_refused_and_not_repeated(string connection) => Refused(SurveyProgram.Run("workflows", "list", "--database", connection), "Host=HOST;Database=NAME");

    [Fact]
    public void Password_behind_a_mistyped_option_is_not_repeated()
    {
        Refused(SurveyProgram.Run("runs", "--databse", Nowhere), "--databse");
        Refused(SurveyProgram.Run("workflows", "list", $"--databse={Nowhere}"), "may hold a password");
        Refused(SurveyProgram.Run("workflows", "list", Nowhere), "may hold a password");
    }

    private static void Refused(SurveyProgram.Outcome outcome, string says)
    {
        outcome.Expect(ExitCode.BadInput);
        var line = Assert.Single(outcome.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, outcome.Output + outcome.Errors, StringComparison.Ordinal);
    }

    /// <summary>A database of its own on the server of the tests, gone afterwards.</summary>
    private sealed class Database(string home) : IDisposable
    {
        private readonly NpgsqlConnectionStringBuilder place = new(PostgresServer.Require()) { Database = string.Join(' ', home.Split(Path.DirectorySeparatorChar)[^2..]) };

        public string Connection => place.ToString();

        public string Password => place.Password!;

        public int Runs()
        {
            using var ledger = RunLedger.Open(Connection);
            return ledger.Instances().Count;
        }

        public void Dispose()
        {
            using var connection = new NpgsqlConnection(PostgresServer.Require());
            connection.Open();
            using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS \"{place.Database}\" WITH (FORCE)", connection);
            drop.ExecuteNonQuery();
        }
    }
}
