using System.IO.Compression;
using System.Text;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Ledger;
using ClusterSurvey.Workflows.Ledger.Backup;
using Microsoft.EntityFrameworkCore;

namespace ClusterSurvey.Workflows.Tests.Ledger;

public sealed class LedgerBackupTests : IDisposable
{
    private static readonly DateTimeOffset now = new(2026, 11, 28, 3, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clustersurvey-backup-tests-");
    private readonly TestBench bench = new(Draw.Definition("kept", Draw.Write("w", "x \U0001F30C")));

    private string this[string name] => Path.Combine(folder.FullName, name);

    public void Dispose()
    {
        bench.Dispose();
        TestLedgers.Remove(folder.FullName);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void What_is_restored_is_what_was_there_in_every_table()
    {
        Fill();
        var written = LedgerBackup.Write(bench.Ledger, this["b"], now);
        using var other = RunLedger.OpenSqlite(this["other.db"]);

        var rows = Restore(other, "b");

        Assert.Equal(AllOf(bench.Ledger), AllOf(other));
        Assert.All(rows, table => Assert.True(table.Value > 0, $"{table.Key}: nothing of it was tried"));
        Assert.Equal(written.Rows, rows);
        Assert.DoesNotContain("nodes", rows.Keys);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(this["b"]));
        Assert.Equal(["b", "other.db", "other.db-shm", "other.db-wal", "other.db.lock"], folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_ledger_goes_from_one_kind_of_database_to_the_other_and_back()
    {
        Fill();
        LedgerBackup.Write(bench.Ledger, this["b"], now);
        using var server = TestLedgers.OpenOnServer(folder.FullName);
        Restore(server, "b");
        LedgerBackup.Write(server, this["c"], now);
        using var file = RunLedger.OpenSqlite(this["file.db"]);
        Restore(file, "c");

        Assert.Equal(AllOf(bench.Ledger), AllOf(server));
        Assert.Equal(AllOf(bench.Ledger), AllOf(file));
    }

    [Fact]
    public async Task A_backup_holds_one_moment_of_a_ledger_that_is_written_to()
    {
        Fill();
        using var writing = new CancellationTokenSource();
        // Two rows of two tables that are there together or not at all.
        var writer = Task.Run(() =>
        {
            for (var i = 0; !writing.IsCancellationRequested; i++)
            {
                var name = $"pair {i}";
                bench.Ledger.Commit(context => context.AddRange(new ApiKeyRow { Name = name, Hash = "00", CreatedAt = now }, Definition(name)));
            }
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            LedgerBackup.Write(bench.Ledger, this["b"], now);
            using var copy = RunLedger.OpenSqlite(this[$"copy{i}.db"]);
            Restore(copy, "b");
            Assert.Equal(Pairs(copy, context => context.ApiKeys.Select(row => row.Name)), Pairs(copy, context => context.SavedDefinitions.Select(row => row.Id)));
        }
        await writing.CancelAsync();
        await writer;
        Assert.True(Pairs(bench.Ledger, context => context.ApiKeys.Select(row => row.Name)).Count > 3);
    }

    [Fact]
    public void What_a_ledger_holds_is_replaced_only_when_that_is_said_and_never_under_a_worker()
    {
        Fill();
        LedgerBackup.Write(bench.Ledger, this["b"], now);
        var before = AllOf(bench.Ledger);
        Add(new ApiKeyRow { Name = "later", Hash = "11", CreatedAt = now });
        using var backup = LedgerBackup.Open(this["b"]);

        Assert.Contains("api_keys 2", Assert.Throws<BadInputException>(() => backup.RestoreInto(bench.Ledger, overwrite: false, now.AddHours(1))).Message, StringComparison.Ordinal);
        Assert.Contains("workers are at work: n", Assert.Throws<BadInputException>(() => backup.RestoreInto(bench.Ledger, overwrite: true, now.AddSeconds(20))).Message, StringComparison.Ordinal);
        Assert.NotEqual(before, AllOf(bench.Ledger));
        backup.RestoreInto(bench.Ledger, overwrite: true, now.AddHours(1));
        Assert.Equal(before, AllOf(bench.Ledger));
    }

    [Fact]
    public void What_is_damaged_is_of_a_later_program_or_is_no_backup_is_refused_and_says_why()
    {
        Fill();
        LedgerBackup.Write(bench.Ledger, this["good"], now);
        var bytes = File.ReadAllBytes(this["good"]);
        File.WriteAllBytes(this["short"], bytes[..^200]);
        File.WriteAllText(this["text"], "no backup");
        Changed("row", "ledger.db", member => member[member.Length / 2] ^= 1);
        Changed("version", "backup.json", member => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(member).Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)).CopyTo(member, 0));

        Assert.Contains("no such file", Refused("nowhere"), StringComparison.Ordinal);
        Assert.Contains("damaged", Refused("short"), StringComparison.Ordinal);
        Assert.Contains("damaged", Refused("text"), StringComparison.Ordinal);
        Assert.Contains("SHA-256", Refused("row"), StringComparison.Ordinal);
        Assert.Contains("found 2, expected 1 or less", Refused("version"), StringComparison.Ordinal);
        LedgerBackup.Open(this["good"]).Dispose();
    }

    [Fact]
    public void Nothing_is_backed_up_of_a_ledger_that_holds_nothing()
    {
        using var empty = RunLedger.OpenSqlite(this["empty.db"]);
        Assert.Contains("holds nothing", Assert.Throws<BadInputException>(() => LedgerBackup.Write(empty, this["b"], now)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(this["b"]));
    }

    private static IReadOnlyDictionary<string, long> Restore(RunLedger ledger, LedgerBackup backup)
    {
        using (backup) return backup.RestoreInto(ledger, overwrite: false, now);
    }

    private IReadOnlyDictionary<string, long> Restore(RunLedger ledger, string name) => Restore(ledger, LedgerBackup.Open(this[name]));

    private string Refused(string name)
    {
        var message = Assert.Throws<BadInputException>(() => LedgerBackup.Open(this[name])).Message;
        Assert.StartsWith(this[name], message, StringComparison.Ordinal);
        return message;
    }

    private void Changed(string name, string member, Action<byte[]> change)
    {
        File.Copy(this["good"], this[name]);
        using var archive = ZipFile.Open(this[name], ZipArchiveMode.Update);
        var entry = archive.GetEntry(member)!;
        using var content = new MemoryStream();
        using (var old = entry.Open()) old.CopyTo(content);
        entry.Delete();
        var bytes = content.ToArray();
        change(bytes);
        using var changed = archive.CreateEntry(member).Open();
        changed.Write(bytes);
    }

    private static List<string> Pairs(RunLedger ledger, Func<LedgerContext, IQueryable<string>> names)
        => ledger.ReadOneMoment(context => names(context).Where(name => name.StartsWith("pair ")).ToList()).Order(StringComparer.Ordinal).ToList();

    /// <summary>Every value of every row of every table but that of the nodes.</summary>
    private static List<string> AllOf(RunLedger ledger) => ledger.Read(context => context.Model.GetEntityTypes().Where(table => table.ClrType != typeof(NodeRow)).SelectMany(table =>
    {
        var rows = (IEnumerable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(table.ClrType).Invoke(context, null)!;
        return rows.Select(row => $"{table.GetTableName()}: {string.Join('|', table.GetProperties().Select(property => property.PropertyInfo!.GetValue(row)))}");
    }).Order(StringComparer.Ordinal).ToList());

    private void Add(object row) => bench.Ledger.Commit(context => context.Add(row));

    private static SavedDefinitionRow Definition(string id) => new()
    {
        Id = id, DefinitionId = "mine", Name = "Mine", Description = "", Version = 3, IsLatest = true, IsPublished = false, Json = "{}", CreatedAt = now,
    };

    private void Fill()
    {
        bench.Run(bench.Library.All[0], cancellation: TestContext.Current.CancellationToken);
        Add(new ApiKeyRow { Name = "Ada", Hash = "ab", CreatedAt = now });
        Add(Definition("v3"));
        Add(new IncidentRow
        {
            InstanceId = "i", Sequence = 1L << 40, Path = "p", ActivityId = "a", NodeId = "n", Type = "t", Name = "name", StepType = "t", StepName = "s", Message = "it's \"odd\";\n--", ExceptionType = "e", Remedy = "r", Region = "II",
            Attempts = 3, Timestamp = now,
        });
        Add(new ScheduleRow
        {
            Home = "/runs", Name = "nightly", Cron = "0 3 * * *", TimeZone = "Europe/Berlin", Definition = "kept", Inputs = "{}", Seed = "18446744073709551615", Overlap = OverlapPolicy.Queue, Misfire = MisfirePolicy.Skip,
            TimeLimitSeconds = 0.1, Notify = "[]", DueAt = now.AddTicks(1), CreatedAt = now,
        });
        Add(new ScheduleFireRow { Id = "f", Home = "/runs", Schedule = "nightly", Cause = FireCause.Watch, DueAt = now, EnteredAt = now, Missed = 2, State = FireState.TimedOut });
        Add(new JobRow { Id = "j", Home = "h", InstanceId = "i", Run = "r", Kind = JobKind.Pass, PassPath = "p", Label = "A85", State = JobState.Suspended, Fresh = true, Attempt = 7, QueuedAt = now });
        Add(new NodeRow { Name = "n", Home = "h", Machine = "m", ProcessId = 1, Slots = 2, StartedAt = now, HeartbeatAt = now });
    }
}
