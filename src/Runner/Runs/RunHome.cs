using System.Globalization;
using System.Security.Cryptography;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Runs;

/// <summary>The folder under which runs live: each run a folder, and beside them, hidden, the artifacts and the ledger that they share.</summary>
/// <param name="root">The folder.</param>
/// <param name="database">The connection string of a PostgreSQL database that holds the ledger; null for an SQLite file in the folder.</param>
public sealed class RunHome(string root, string? database = null)
{
    /// <summary>Where runs go when nothing else is said.</summary>
    public const string Default = "runs";

    /// <summary>How long nodes, and who waits for them, bear without the database: one that is restarted, or a network that is repaired, comes back; until then what is computed is kept.</summary>
    internal static readonly TimeSpan LongestAway = TimeSpan.FromMinutes(30);

    private const int IdentityDigits = 16;

    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The connection string of the database that holds the ledger; null for a file in the folder.</summary>
    internal string? Database => database;

    /// <summary>True when the ledger is in a database: workers carry out the runs then.</summary>
    public bool IsShared => database is not null;

    /// <summary>True when there is a ledger, as far as can be told without opening it.</summary>
    public bool HasLedger => IsShared || File.Exists(LedgerPath);

    private string LedgerPath => Path.Combine(Root, ".ledger.db");

    public ArtifactStore OpenStore() => new(Path.Combine(Root, ".artifacts"));

    /// <summary>Opens the ledger.</summary>
    /// <param name="patience">How long the open ledger waits for a database that has gone away; not at all when null.</param>
    /// <exception cref="BadInputException">The database that was named cannot be used.</exception>
    /// <exception cref="LedgerException">The file cannot be opened.</exception>
    public RunLedger OpenLedger(TimeSpan? patience = null)
    {
        if (database is not null) return LedgerDatabase.Open(database, patience);
        Directory.CreateDirectory(Root);
        return RunLedger.OpenSqlite(LedgerPath);
    }

    /// <summary>The jobs of this folder, for the nodes that have it mounted.</summary>
    public JobBook JobsIn(RunLedger ledger) => new(ledger, Identity());

    /// <summary>What this folder is called by those who share it: it is mounted at other places elsewhere.</summary>
    internal string Identity()
    {
        var path = Path.Combine(Root, ".identity");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Root);
            var name = RandomNumberGenerator.GetHexString(IdentityDigits, lowercase: true);
            var mine = $"{path}.{name}";
            AtomicFile.WriteText(mine, name);
            // Of several who make it at the same time one is the first.
            if (!MovedAlone(mine, path)) File.Delete(mine);
        }
        return File.ReadAllText(path).Trim();
    }

    private static bool MovedAlone(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }

    /// <summary>The schedules of this folder.</summary>
    public ScheduleBook SchedulesIn(RunLedger ledger) => new(ledger, Root);

    /// <summary>This folder as a node has it, whose silence others wait for no longer than this.</summary>
    internal RunHome OfNode(TimeSpan silence) => new(Root, database is not null && RunLedger.IsDatabase(database) ? RunLedger.ConnectionOfNode(database, silence) : database);

    /// <summary>Another folder with the ledger of this one, when that is in a database.</summary>
    public RunHome At(string folder) => new(folder, database);

    /// <summary>The definitions that can be run here by name: what is shipped, and what was saved in the designer.</summary>
    public DefinitionLibrary OpenLibrary(TimeProvider time)
    {
        // To look is not to make: without a ledger nothing was saved.
        if (!HasLedger) return DefinitionLibrary.Shipped;
        using var ledger = OpenLedger();
        return new DefinitionStore(ledger, time).Library();
    }

    /// <summary>A folder for a new run, named for its definition and the time, and held for this process.</summary>
    public (RunFolder Folder, RunLock Lock) NewRun(string definition, TimeProvider time)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{definition}-{time.GetUtcNow():yyyyMMdd-HHmmss}");
        for (var i = 1; ; i++)
        {
            var folder = new RunFolder(Path.Combine(Root, i == 1 ? name : $"{name}-{i}"));
            if (RunLock.Create(folder) is { } held) return (folder, held);
        }
    }

    /// <summary>The runs, the newest first.</summary>
    public IReadOnlyList<RunFolder> Runs()
        => Directory.Exists(Root)
            ? [.. Directory.EnumerateDirectories(Root)
                .Where(folder => File.Exists(Path.Combine(folder, "manifest.json")))
                .OrderByDescending(folder => RunManifest.Read(new RunFolder(folder)).Date, StringComparer.Ordinal)
                .Select(folder => new RunFolder(folder))]
            : [];

    /// <summary>A run, named by its folder or by its id.</summary>
    /// <param name="run">The path of a run's folder, or the id of a run under <paramref name="home"/>.</param>
    /// <param name="home">The folder of runs; the default one when null.</param>
    /// <param name="database">The database that holds their ledger; null when it is beside them.</param>
    /// <exception cref="BadInputException">There is no such run.</exception>
    public static (RunHome Home, RunFolder Folder) Find(string run, string? home, string? database = null)
    {
        foreach (var path in (string[])[run, Path.Combine(home ?? Default, run)])
            {
                if (!File.Exists(Path.Combine(path, "manifest.json"))) continue;
                var root = Path.GetDirectoryName(Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar))!;
                return (new RunHome(root, database), new RunFolder(path.TrimEnd(Path.DirectorySeparatorChar)));
            }
        var known = new RunHome(home ?? Default).Runs().Select(folder => folder.Id).ToArray();
        throw new BadInputException(run, "no run", "a run's folder, or its id under --out", Spelling.Suggest(run, known));
    }
}
