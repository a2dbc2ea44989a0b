using System.IO.Compression;
using System.Text.Json;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Workflows.Ledger.Backup;

/// <summary>
/// A ledger in one file, whichever database it is in: a ZIP archive of <c>backup.json</c>, which tells what it is, and <c>ledger.db</c>, an SQLite ledger
/// with the rows of one moment. Restoring opens that ledger as any other, so that a backup of an older program is brought up to date and one of a newer is refused.
/// </summary>
public sealed class LedgerBackup : IDisposable
{
    private const string About = "backup.json", Rows = "ledger.db";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan silence = TimeSpan.FromMinutes(2);

    private readonly Scratch scratch = new();
    private readonly RunLedger rows;

    private LedgerBackup(string path)
    {
        try
        {
            Contents = Unpack(path, scratch.Ledger);
            rows = RunLedger.OpenSqlite(scratch.Ledger, $"{path}[{Rows}]");
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    /// <summary>What it tells of itself.</summary>
    public BackupContents Contents { get; }

    /// <summary>Opens a backup: it is whole, and its tables are those of this program.</summary>
    /// <exception cref="BadInputException">The file is no backup, is damaged, or is of a newer program.</exception>
    public static LedgerBackup Open(string path) => new(path);

    /// <summary>Writes a backup. Processes that use the ledger go on; what they commit meanwhile is not in it.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="path">The file; one that is there is replaced when the new one is whole. Only its owner can read it.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="BadInputException">The ledger holds nothing.</exception>
    public static BackupContents Write(RunLedger ledger, string path, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        using var scratch = new Scratch();
        var rows = CopyOf(ledger, scratch.Ledger);
        var contents = new BackupContents
        {
            Format = BackupContents.FormatName, Version = BackupContents.NewestVersion, Schema = ledger.Schema, CreatedAt = now, Sha256 = FileHash.Of(scratch.Ledger), Rows = rows,
        };
        if (contents.AllRows == 0) throw new BadInputException("database backup", "a ledger that holds nothing", "one with runs, schedules, definitions or keys", "name the right --out or --database");
        AtomicFile.ClearLeftovers(path);
        AtomicFile.Write(path, file =>
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
            using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
            using (var member = archive.CreateEntry(About).Open()) JsonSerializer.Serialize(member, contents, SurveyJson.Indented);
            using var copy = archive.CreateEntry(Rows).Open();
            using var source = File.OpenRead(scratch.Ledger);
            source.CopyTo(copy);
        });
        return contents;
    }

    /// <summary>Puts what it holds in the place of all that a ledger holds, in one transaction.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="overwrite">True to give up what the ledger holds.</param>
    /// <param name="now">The time.</param>
    /// <returns>How many rows each table has now.</returns>
    /// <exception cref="BadInputException">The ledger is in use or holds something.</exception>
    public IReadOnlyDictionary<string, long> RestoreInto(RunLedger ledger, bool overwrite, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        Check(ledger, overwrite, now);
        Dictionary<string, long> restored = [];
        ledger.Commit(target =>
        {
            target.SaveChanges();
            restored = rows.Read(source => LedgerTables.Copy(source, target));
        });
        return restored;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        rows.Dispose();
        scratch.Dispose();
    }

    private static Dictionary<string, long> CopyOf(RunLedger ledger, string path)
    {
        Dictionary<string, long> rows = [];
        using var copy = RunLedger.OpenSqlite(path);
        copy.Commit(target => rows = ledger.ReadOneMoment(source => LedgerTables.Copy(source, target)));
        copy.GatherInOneFile();
        return rows;
    }

    private static void Check(RunLedger ledger, bool overwrite, DateTimeOffset now)
    {
        var nodes = ledger.Read(context => context.Nodes.ToList()).Where(node => node.HeartbeatAt > now - silence).Select(node => node.Name).ToList();
        if (nodes.Count > 0) throw new BadInputException("database restore", $"a database at which workers are at work: {string.Join(", ", nodes)}", "a database at rest", "stop them (SIGTERM), then restore");
        var held = ledger.Read(LedgerTables.Count).Where(table => table.Value > 0).Select(table => FormattableString.Invariant($"{table.Key} {table.Value}")).ToList();
        if (held.Count > 0 && !overwrite) throw new BadInputException("database restore", $"a database that holds rows ({string.Join(", ", held)})", "an empty database", "back it up and give --force to replace all that it holds, or name another --out or --database");
    }

    private static BackupContents Unpack(string path, string ledger)
    {
        if (!File.Exists(path)) throw new BadInputException(path, Directory.Exists(path) ? "a folder" : "no such file", "a file of 'database backup'", "correct the path");
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var contents = Read(path, archive);
            (archive.GetEntry(Rows) ?? throw new InvalidDataException($"it has no {Rows}")).ExtractToFile(ledger);
            var hash = FileHash.Of(ledger);
            return hash == contents.Sha256 ? contents : throw new InvalidDataException($"SHA-256 of {Rows} is {hash} and was {contents.Sha256}");
        }
        catch (Exception wrong) when (wrong is InvalidDataException or JsonException or EndOfStreamException)
        {
            throw new BadInputException(path, $"no backup, or a damaged one ({wrong.InPlainWords().TrimEnd('.')})", "a file of 'database backup' as it was written", "take another copy of it, or an older backup", wrong);
        }
    }

    private static BackupContents Read(string path, ZipArchive archive)
    {
        using var member = (archive.GetEntry(About) ?? throw new InvalidDataException($"it has no {About}")).Open();
        var told = JsonDocument.Parse(member).RootElement;
        if (told.ValueKind != JsonValueKind.Object || !told.TryGetProperty("version", out var version) || !version.TryGetInt32(out var number)) throw new InvalidDataException($"{About} tells no version");
        if (number > BackupContents.NewestVersion) throw new BadInputException($"{path}[{About}] version", $"{number}", $"{BackupContents.NewestVersion} or less", "restore it with the program that wrote it, or a newer one");
        var contents = told.Deserialize<BackupContents>(SurveyJson.Options)!;
        return contents.Format == BackupContents.FormatName ? contents : throw new InvalidDataException($"{About} is of the format '{contents.Format}'");
    }

    /// <summary>A folder that only its owner can read, for the time of a backup or a restore.</summary>
    private sealed class Scratch : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clustersurvey-backup-");

        public string Ledger => Path.Combine(folder.FullName, Rows);

        public void Dispose() => folder.Delete(recursive: true);
    }
}
