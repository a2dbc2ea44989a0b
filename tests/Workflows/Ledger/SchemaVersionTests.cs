using System.Data.Common;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Support;
using ClusterSurvey.Workflows.Ledger;
using ClusterSurvey.Workflows.Ledger.Backup;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClusterSurvey.Workflows.Tests.Ledger;

/// <summary>A ledger outlives the program that made it.</summary>
public sealed class SchemaVersionTests : IDisposable
{
    private const string Later = "20991231235959_FromTheFuture";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clustersurvey-schema-");

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, OlderSchemas.All.Count)];

    private string Path => System.IO.Path.Combine(folder.FullName, "ledger.db");

    public void Dispose()
    {
        TestLedgers.Remove(folder.FullName);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Every_version_of_the_tables_is_tried()
    {
        using var ledger = RunLedger.OpenSqlite(Path);
        Assert.Equal(ledger.Read(context => context.Database.GetMigrations().ToList()), OlderSchemas.All.Select(schema => schema.Id));
        Assert.Equal(ledger.Schema, OlderSchemas.All[^1].Id);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_file_of_any_version_is_brought_up_to_date_with_all_its_rows(int version)
    {
        Execute(File(), OlderSchemas.Script(version, isPostgres: false));
        using var ledger = RunLedger.OpenSqlite(Path);
        AssertIntact(ledger, version);
        using var fresh = RunLedger.OpenSqlite(Path + ".new");
        Assert.Equal(Columns(fresh), Columns(ledger));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_database_of_any_version_is_brought_up_to_date_with_all_its_rows(int version)
    {
        var database = Database();
        using (var server = new NpgsqlConnection(PostgresServer.Require())) Execute(server, $"CREATE DATABASE \"{database.Database}\"");
        Execute(database, OlderSchemas.Script(version, isPostgres: true));
        using var ledger = TestLedgers.OpenOnServer(folder.FullName);
        AssertIntact(ledger, version);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_backup_of_any_version_is_restored(int version)
    {
        Execute(File(), OlderSchemas.Script(version, isPostgres: false));
        BackupFiles.Write(Path + ".backup", Path, OlderSchemas.All[version - 1].Id);
        using var backup = LedgerBackup.Open(Path + ".backup");
        using var ledger = RunLedger.OpenSqlite(Path + ".new");
        backup.RestoreInto(ledger, overwrite: false, default);
        AssertIntact(ledger, version);
    }

    [Fact]
    public void A_ledger_of_a_later_program_is_refused_by_name_and_left_as_it_is()
    {
        // Something is left to do that must not be done either.
        Execute(File(), OlderSchemas.Script(OlderSchemas.All.Count - 1, isPostgres: false) + OlderSchemas.Done(Later));
        var before = System.IO.File.ReadAllBytes(Path);

        var refused = Assert.Throws<BadInputException>(() => RunLedger.OpenSqlite(Path)).Message;

        Assert.StartsWith(Path, refused, StringComparison.Ordinal);
        Assert.Contains($"of a later version of the program ({Later})", refused, StringComparison.Ordinal);
        SqliteConnection.ClearAllPools();
        Assert.Equal(before, System.IO.File.ReadAllBytes(Path));
    }

    [Fact]
    public void A_database_and_a_backup_of_a_later_program_are_refused_too()
    {
        Execute(File(), OlderSchemas.Script(OlderSchemas.All.Count, isPostgres: false) + OlderSchemas.Done(Later));
        BackupFiles.Write(Path + ".backup", Path, Later);
        Assert.Contains(Later, Assert.Throws<BadInputException>(() => LedgerBackup.Open(Path + ".backup")).Message, StringComparison.Ordinal);

        TestLedgers.OpenOnServer(folder.FullName).Dispose();
        Execute(Database(), OlderSchemas.Done(Later));
        Assert.Contains(Later, Assert.Throws<BadInputException>(() => TestLedgers.OpenOnServer(folder.FullName)).Message, StringComparison.Ordinal);
    }

    private static void AssertIntact(RunLedger ledger, int version)
    {
        Assert.True(ledger.IsUpToDate);
        var run = Assert.Single(ledger.Instances());
        Assert.Equal(("run", "18446744073709551615", "/old/run", 1), (run.Id, run.Seed, run.RunFolder, run.IncidentCount));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero).AddTicks(1), run.CreatedAt);
        var step = Assert.Single(ledger.Activities("run"));
        Assert.Equal((RecordPhase.Finished, "A85", "key", false, 500d), (step.Phase, step.Label, step.Key, step.FromCache, (step.EndedAt - step.StartedAt).TotalMilliseconds));
        Assert.Equal("it's done", Assert.Single(ledger.Journal("run")).Message);
        Assert.True(ledger.Definition("v1")!.IsPublished);
        List<(string, int, string?)> incidents = [("broken map", 1, null), ("no start", 3, "II")];
        Assert.Equal(incidents[..(version >= 2 ? 2 : 1)], ledger.Incidents("run").Select(incident => (incident.Message, incident.Attempts, incident.Region)));
        Assert.Equal(version >= 3 ? ["Ada"] : [], new ApiKeys(ledger, TimeProvider.System).All.Select(key => key.Name));
        Assert.Equal(version >= 3 ? ["mine 4"] : [], ledger.Read(context => context.SavedDefinitions.Select(row => row.DefinitionId + " " + row.Version).ToList()));
        var schedules = new ScheduleBook(ledger, "/old");
        Assert.Equal(version >= 4 ? [(0.5, OverlapPolicy.Queue, true)] : [], schedules.All.Select(row => (row.TimeLimitSeconds!.Value, row.Overlap, row.IsPaused)));
        Assert.Equal(version >= 4 ? [(FireState.DoneWithFailures, 2)] : [], schedules.History("nightly", 9).Select(fire => (fire.State, fire.Missed)));
        Assert.Equal(version >= 5 ? [(JobState.Failed, 5, true)] : [], new JobBook(ledger, "h").Of("run").Select(job => (job.State, job.Attempt, job.Fresh)));
        // It is written to as any other.
        new ApiKeys(ledger, TimeProvider.System).Create("Grace");
    }

    private static List<string> Columns(RunLedger ledger) => ledger.Read(context => context.Database.SqlQuery<string>(
        $"""SELECT t.name || ' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk AS "Value" FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'""").ToList()).Order(StringComparer.Ordinal).ToList();

    private SqliteConnection File() => new(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());

    private NpgsqlConnection Database() => new(new NpgsqlConnectionStringBuilder(PostgresServer.Require()) { Database = folder.Name }.ToString());

    private static void Execute(DbConnection connection, string script)
    {
        using (connection)
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = script;
            command.ExecuteNonQuery();
        }
    }
}
