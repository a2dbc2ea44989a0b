using System.Data;
using System.Data.Common;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Engine;
using ClusterSurvey.Workflows.Format;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClusterSurvey.Workflows.Ledger;

/// <summary>
/// What has been run and what came of it: definitions and their versions, instances, activity records, journal and
/// incidents. A run continues from here after a crash. Safe for several threads.
/// </summary>
public sealed class RunLedger : IDisposable
{
    private const int OpeningSeconds = 60;

    private readonly DbContextOptions<LedgerContext> options;
    private readonly DatabasePatience patience;
    private readonly LedgerWriter writer;
    private readonly bool isView;

    private RunLedger(DbContextOptions<LedgerContext> options, DatabasePatience patience, string place)
    {
        (this.options, this.patience) = (options, patience);
        using (HoldSchema())
        {
            using var context = Open();
            SchemaVersion.RefuseLater(context, place);
            context.Database.Migrate();
            Schema = SchemaVersion.Of(context);
        }
        writer = new LedgerWriter(Open, patience, null);
    }

    private RunLedger(RunLedger shared, Action<LedgerContext> fence)
    {
        (options, patience, isView, Schema) = (shared.options, shared.patience, true, shared.Schema);
        writer = new LedgerWriter(Open, patience, fence);
    }

    /// <summary>True for a connection string of PostgreSQL that names a host; false for the path of a file.</summary>
    public static bool IsDatabase(string database) => PostgresConnection.IsOne(database);

    /// <summary>The connection string of a node that shares a database of PostgreSQL with others: they do not wait for it longer than this when it hangs.</summary>
    public static string ConnectionOfNode(string connection, TimeSpan silence) => PostgresConnection.OfNode(connection, silence);

    /// <summary>Opens a ledger: in PostgreSQL when a connection string is given (<c>Host=...;Database=...</c>), else in the SQLite file of that path.</summary>
    /// <exception cref="LedgerException">It cannot be opened or is no ledger.</exception>
    public static RunLedger Open(string database) => IsDatabase(database) ? OpenPostgres(database) : OpenSqlite(database);

    /// <summary>Opens a ledger in a database of PostgreSQL, which several nodes may share; its tables are made, or brought up to date.</summary>
    /// <param name="connection">A connection string of Npgsql: Host, Port, Database, Username, Password and so on.</param>
    /// <param name="patience">How long the open ledger waits for a database that has gone away; not at all when null.</param>
    /// <exception cref="LedgerException">The database cannot be reached.</exception>
    public static RunLedger OpenPostgres(string connection, TimeSpan? patience = null)
    {
        try
        {
            return new RunLedger(new DbContextOptionsBuilder<LedgerContext>().UseNpgsql(connection).Options, patience is { } limit ? new DatabasePatience(limit) : DatabasePatience.None, PostgresConnection.Shown(connection));
        }
        catch (Exception wrong) when (wrong is NpgsqlException or ArgumentException or InvalidOperationException or TimeoutException)
        {
            throw new LedgerException($"{PostgresConnection.Shown(connection)}: the run ledger cannot be opened ({wrong.InnerException?.Message ?? wrong.Message})", wrong);
        }
    }

    /// <summary>Opens a ledger in an SQLite file; the file is made when it is not there, and brought up to date when it is old.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shownAs">What errors call it; its path when null.</param>
    /// <exception cref="LedgerException">The file cannot be opened or is no ledger.</exception>
    /// <exception cref="BadInputException">It was made by a later version of the program.</exception>
    public static RunLedger OpenSqlite(string path, string? shownAs = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var connection = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 60 }.ToString();
        using var alone = AloneAt(path);
        try
        {
            RemoveAbandonedLock(connection);
            var ledger = new RunLedger(new DbContextOptionsBuilder<LedgerContext>().UseSqlite(connection).AddInterceptors(new RelaxedFlush()).Options, DatabasePatience.None, shownAs ?? path);
            using var context = ledger.Open();
            // Readers never wait for the writer, and a killed process leaves whole transactions.
            context.Database.ExecuteSqlRaw("PRAGMA journal_mode=WAL;");
            return ledger;
        }
        catch (SqliteException wrong)
        {
            throw new LedgerException($"{shownAs ?? path}: the run ledger cannot be opened ({wrong.Message}); name another file, or restore it from a backup", wrong);
        }
    }

    /// <summary>Holds the database for making tables in it; a file is held in another way.</summary>
    public IDisposable? HoldSchema()
    {
        var context = Open();
        if (context.Database.IsNpgsql()) return SchemaLock.Take(context);
        context.Dispose();
        return null;
    }

    /// <summary>The same ledger for one attempt at a job: nothing is written any more when another node has taken the job over.</summary>
    public RunLedger FencedBy(JobRow job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new RunLedger(this, context =>
        {
            // The update locks the row: who takes the job over waits for the end of the transaction, and is waited for.
            if (context.Jobs.Where(row => row.Id == job.Id && row.Attempt == job.Attempt).ExecuteUpdate(set => set.SetProperty(row => row.Attempt, job.Attempt)) == 0) throw new LeaseLostException(job.Id);
        });
    }

    // The tables are made and changed by one process at a time. The operating system lets go of the lock when a process is killed.
    private static FileStream AloneAt(string path)
    {
        for (var tries = 0; tries < OpeningSeconds * 20; tries++)
        {
            if (LockFile.TryHold($"{path}.lock", FileAccess.Read, FileShare.None) is { } held) return held;
            Thread.Sleep(50);
        }
        throw new LedgerException($"{path}: another process has been opening the run ledger for {OpeningSeconds} s; look what it does, or stop it", null);
    }

    // EF's own lock is a table: who was killed while he held it would shut out everybody for ever.
    private static void RemoveAbandonedLock(string connection)
    {
        using var database = new SqliteConnection(connection);
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "DROP TABLE IF EXISTS \"__EFMigrationsLock\";";
        command.ExecuteNonQuery();
    }

    /// <summary>Runs and the instances that they called, newest first.</summary>
    public IReadOnlyList<InstanceRow> Instances(bool runsOnly = true)
        => Read(context => context.Instances.Where(row => !runsOnly || row.ParentInstanceId == null).OrderByDescending(row => row.CreatedAt).ToList());

    /// <summary>An instance; null when the ledger does not hold it.</summary>
    public InstanceRow? Instance(string instanceId) => Read(context => context.Instances.SingleOrDefault(row => row.Id == instanceId));

    /// <summary>The last run that was given this folder; null when there is none.</summary>
    public InstanceRow? RunIn(string folder)
    {
        var path = Path.GetFullPath(folder);
        return Read(context => context.Instances.Where(row => row.RunFolder == path && row.ParentInstanceId == null).OrderByDescending(row => row.CreatedAt).FirstOrDefault());
    }

    /// <summary>The id of the last migration of the tables.</summary>
    public string Schema { get; }

    /// <summary>Asks the database for something small, and does not wait for one that is away.</summary>
    /// <exception cref="DbException">It does not answer.</exception>
    public void Ask()
    {
        using var context = Open();
        _ = context.Instances.Any();
    }

    /// <summary>True when the tables are those of this version of the program.</summary>
    public bool IsUpToDate => Read(context => !context.Database.HasPendingModelChanges() && !context.Database.GetPendingMigrations().Any());

    /// <summary>The instances that an instance called.</summary>
    public IReadOnlyList<InstanceRow> Called(string instanceId) => Read(context => context.Instances.Where(row => row.ParentInstanceId == instanceId).ToList());

    /// <summary>How many instances every instance has called, and how many of these have ended.</summary>
    public IReadOnlyDictionary<string, (int All, int Ended)> CalledCounts() => Read(context => context.Instances
        .Where(row => row.ParentInstanceId != null)
        .GroupBy(row => row.ParentInstanceId!)
        .Select(group => new { group.Key, All = group.Count(), Ended = group.Count(row => row.FinishedAt != null) })
        .ToDictionary(group => group.Key, group => (group.All, group.Ended)));

    /// <summary>How many steps have finished in each of the instances that an instance called.</summary>
    public IReadOnlyDictionary<string, int> StepsDone(string instanceId) => Read(context => context.Activities
        .Where(row => context.Instances.Any(called => called.Id == row.InstanceId && called.ParentInstanceId == instanceId))
        .Where(row => row.Key != null && row.Phase == RecordPhase.Finished && !row.Superseded)
        .GroupBy(row => row.InstanceId)
        .Select(group => new { group.Key, Count = group.Count() })
        .ToDictionary(group => group.Key, group => group.Count));

    /// <summary>How many steps each definition holds of which an instance called an instance, by the id of its version.</summary>
    public IReadOnlyDictionary<string, int> StepsPerDefinition(string instanceId)
    {
        var versions = Read(context => context.Instances.Where(row => row.ParentInstanceId == instanceId).Select(row => row.DefinitionVersionId).Distinct().ToList());
        return versions.ToDictionary(version => version, version => Definition(version) is { } kept ? WorkflowDocument.Parse(kept.Json, version).Activities.Count(activity => ActivityTypes.Find(activity.Type) is null) : 0);
    }

    /// <summary>The activity records of an instance that stand, in order.</summary>
    public IReadOnlyList<ActivityRow> Activities(string instanceId)
        => Read(context => context.Activities.Where(row => row.InstanceId == instanceId && !row.Superseded).OrderBy(row => row.Sequence).ToList());

    /// <summary>Steps that have finished in any run, the newest first.</summary>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<StepRecord> StepRecords(int most) => Read(context => context.Activities
        .Where(row => row.Key != null && row.Key != "" && row.Phase == RecordPhase.Finished)
        .OrderByDescending(row => row.EndedAt)
        .Take(most)
        .Select(row => new { row.Label, row.ActivityId, row.Type, row.Key, row.FromCache, row.StartedAt, row.EndedAt })
        .AsEnumerable()
        .Select(row => new StepRecord(row.Label ?? "", row.ActivityId, row.Type, row.Key!, row.FromCache, (row.EndedAt - row.StartedAt).TotalSeconds))
        .ToList());

    /// <summary>The steps that have finished in a run and in the instances that it called, in the order of their ends.</summary>
    public IReadOnlyList<ActivityRow> StepsOf(string instanceId) => Read(context => context.Activities
        .Where(row => row.InstanceId == instanceId || context.Instances.Any(called => called.Id == row.InstanceId && called.ParentInstanceId == instanceId))
        .Where(row => row.Key != null && row.Phase == RecordPhase.Finished && !row.Superseded)
        .OrderBy(row => row.EndedAt).ToList());

    /// <summary>The artifact keys of all steps that have finished in an instance, whether or not a later resume has made them void.</summary>
    public IReadOnlyList<string> Keys(string instanceId)
        => Read(context => context.Activities.Where(row => row.InstanceId == instanceId && row.Key != null && row.Key != "").Select(row => row.Key!).Distinct().ToList());

    /// <summary>How often each activity of an instance has finished, by its id.</summary>
    public IReadOnlyDictionary<string, int> Completions(string instanceId) => Read(context => context.Activities
        .Where(row => row.InstanceId == instanceId && !row.Superseded && row.Phase == RecordPhase.Finished)
        .GroupBy(row => row.ActivityId)
        .Select(group => new { group.Key, Count = group.Count() })
        .ToDictionary(group => group.Key, group => group.Count));

    /// <summary>The journal of an instance, in order.</summary>
    public IReadOnlyList<JournalRow> Journal(string instanceId) => Read(context => context.Journal.Where(row => row.InstanceId == instanceId).OrderBy(row => row.Sequence).ToList());

    /// <summary>The incidents of an instance that no later resume has taken up, in order.</summary>
    public IReadOnlyList<IncidentRow> Incidents(string instanceId)
        => Read(context => context.Incidents.Where(row => row.InstanceId == instanceId && !row.Resolved).OrderBy(row => row.Sequence).ToList());

    /// <summary>A version of a definition; null when the ledger does not hold it.</summary>
    public DefinitionRow? Definition(string versionId) => Read(context => context.Definitions.SingleOrDefault(row => row.Id == versionId));

    /// <inheritdoc/>
    public void Dispose()
    {
        writer.Dispose();
        if (isView) return;
        using var context = Open();
        if (context.Database.GetDbConnection() is SqliteConnection file) SqliteConnection.ClearPool(file);
        else if (context.Database.GetDbConnection() is NpgsqlConnection server) NpgsqlConnection.ClearPool(server);
    }

    /// <summary>A page of the instances that a filter leaves, and how many it leaves.</summary>
    internal (IReadOnlyList<InstanceRow> Rows, int Total) InstancesWhere(Func<IQueryable<InstanceRow>, IQueryable<InstanceRow>> filter, int skip, int take, bool ascending) => Read(context =>
    {
        var found = filter(context.Instances);
        var ordered = ascending ? found.OrderBy(row => row.CreatedAt) : found.OrderByDescending(row => row.CreatedAt);
        return (ordered.Skip(skip).Take(take).ToList(), found.Count());
    });

    /// <summary>A page of the journal of an instance, in order, and how many lines the filters leave; an empty filter leaves all.</summary>
    internal (IReadOnlyList<JournalRow> Rows, int Total) JournalWhere(
        string instanceId, IReadOnlyList<string> nodes, IReadOnlyList<string> activities, IReadOnlyList<string> withoutTypes, IReadOnlyList<string> events, int skip, int take) => Read(context =>
    {
        var found = context.Journal.Where(row => row.InstanceId == instanceId);
        if (nodes.Count > 0) found = found.Where(row => nodes.Contains(row.NodeId));
        if (activities.Count > 0) found = found.Where(row => activities.Contains(row.ActivityId));
        if (withoutTypes.Count > 0) found = found.Where(row => !withoutTypes.Contains(row.Type));
        if (events.Count > 0) found = found.Where(row => events.Contains(row.EventName));
        return (found.OrderBy(row => row.Sequence).Skip(skip).Take(take).ToList(), found.Count());
    });

    /// <summary>The lines of the journal about some nodes of the definition.</summary>
    internal IReadOnlyList<JournalRow> JournalOf(string instanceId, IReadOnlyList<string> nodes)
        => Read(context => context.Journal.Where(row => row.InstanceId == instanceId && nodes.Contains(row.NodeId)).ToList());

    /// <summary>The lines of the journal about one path.</summary>
    internal IReadOnlyList<JournalRow> JournalAt(string instanceId, string path) => Read(context => context.Journal.Where(row => row.InstanceId == instanceId && row.Path == path).ToList());

    /// <summary>The records of what has finished at a node, those that stand.</summary>
    internal IReadOnlyList<ActivityRow> FinishedAt(string instanceId, string node)
        => Read(context => context.Activities.Where(row => row.InstanceId == instanceId && row.NodeId == node && row.Phase == RecordPhase.Finished && !row.Superseded).ToList());

    /// <summary>What the finished activities of an instance have assigned, in order.</summary>
    internal IReadOnlyList<string> Effects(string instanceId) => Read(context => context.Activities
        .Where(row => row.InstanceId == instanceId && row.Phase == RecordPhase.Finished && !row.Superseded && row.Effects != "{}")
        .OrderBy(row => row.Sequence).Select(row => row.Effects).ToList());

    /// <summary>Ends an instance that is at rest, so that nothing takes it up again by itself.</summary>
    public void Cancel(string instanceId, DateTimeOffset now) => Update(instanceId, rows => rows.Where(row => row.Status == "Running").ExecuteUpdate(set => set
        .SetProperty(row => row.Status, "Finished").SetProperty(row => row.SubStatus, "Cancelled").SetProperty(row => row.UpdatedAt, now).SetProperty(row => row.FinishedAt, (DateTimeOffset?)now)));

    /// <summary>Removes an instance and those that it called.</summary>
    /// <returns>False when there was none.</returns>
    internal bool Forget(string instanceId)
    {
        if (Instance(instanceId) is null) return false;
        foreach (var called in Called(instanceId)) Forget(called.Id);
        Commit(context =>
        {
            context.SaveChanges();
            context.Activities.Where(row => row.InstanceId == instanceId).ExecuteDelete();
            context.Journal.Where(row => row.InstanceId == instanceId).ExecuteDelete();
            context.Incidents.Where(row => row.InstanceId == instanceId).ExecuteDelete();
            context.Instances.Where(row => row.Id == instanceId).ExecuteDelete();
        });
        return true;
    }

    internal int CountInstances() => Read(context => context.Instances.Count());

    internal void Post(Action<LedgerContext> change) => writer.Post(change);

    internal void Commit(Action<LedgerContext> change) => writer.Commit(change);

    /// <summary>Changes an instance's row, in order with everything that was handed in before, and waits until it is there.</summary>
    internal void Update(string instanceId, Action<IQueryable<InstanceRow>> change) => Commit(context =>
    {
        context.SaveChanges();
        change(context.Instances.Where(row => row.Id == instanceId));
    });

    /// <summary>Keeps a version of a definition, if it is not there yet: another node may do so at the same time.</summary>
    internal void Keep(DefinitionRow definition)
    {
        try
        {
            patience.Try(() => KeepOnce(definition));
        }
        catch (DbUpdateException) when (Definition(definition.Id) is not null)
        {
            // It is there now, and versions with one id have one content.
        }
        catch (Exception wrong) when (wrong is DbUpdateException or DbException)
        {
            throw new LedgerException($"the run ledger cannot be written ({wrong.InnerException?.Message ?? wrong.Message}); free disk space or check permissions, then run again", wrong);
        }
    }

    private bool KeepOnce(DefinitionRow definition)
    {
        using var context = Open();
        if (context.Definitions.Any(row => row.Id == definition.Id)) return false;
        context.Definitions.Add(definition);
        return context.SaveChanges() == 1;
    }

    /// <summary>Makes an instance ready to go on: its incidents are taken up, and what followed a loop with quarantined passes is void.</summary>
    internal void TakeUpAgain(string instanceId) => Commit(context =>
    {
        context.SaveChanges();
        Supersession.TakeUp(context, instanceId);
    });

    internal ActivityRow? FindActivity(string instanceId, string path, RecordPhase phase)
        => Read(context => context.Activities.FirstOrDefault(row => row.InstanceId == instanceId && row.Path == path && row.Phase == phase && !row.Superseded));

    internal long LastSequence(string instanceId) => Read(context => Math.Max(
        Math.Max(
            context.Activities.Where(row => row.InstanceId == instanceId).Max(row => (long?)row.Sequence) ?? 0,
            context.Journal.Where(row => row.InstanceId == instanceId).Max(row => (long?)row.Sequence) ?? 0),
        context.Incidents.Where(row => row.InstanceId == instanceId).Max(row => (long?)row.Sequence) ?? 0));

    internal T Read<T>(Func<LedgerContext, T> query) => patience.Try(() =>
    {
        using var context = Open();
        return query(context);
    });

    /// <summary>Reads several tables as they are at one moment, whatever is written meanwhile.</summary>
    internal T ReadOneMoment<T>(Func<LedgerContext, T> query) => Read(context =>
    {
        context.Database.OpenConnection();
        var connection = context.Database.GetDbConnection();
        // A transaction of SQLite that is not deferred would keep writers waiting.
        using var moment = connection is SqliteConnection file ? file.BeginTransaction(deferred: true) : connection.BeginTransaction(IsolationLevel.RepeatableRead);
        context.Database.UseTransaction(moment);
        return query(context);
    });

    /// <summary>Ends the write-ahead log of a ledger in a file that nobody else uses: all is in the file then.</summary>
    internal void GatherInOneFile() => Read(context => context.Database.ExecuteSqlRaw("PRAGMA journal_mode=DELETE;"));

    private LedgerContext Open()
    {
        var context = new LedgerContext(options);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return context;
    }
}
