using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ClusterSurvey.Workflows.Ledger;

/// <summary>
/// The one writer of a ledger: a thread that commits everything that is waiting in one transaction, in the order in
/// which it was handed in. Whoever waits for a commit knows that everything handed in before is there too; a crash
/// loses at most the end of the order, never something in the middle.
/// </summary>
internal sealed class LedgerWriter : IDisposable
{
    private const int BatchLimit = 512;

    private readonly BlockingCollection<Entry> waiting = new(boundedCapacity: 8 * BatchLimit);
    private readonly Func<LedgerContext> open;
    private readonly DatabasePatience patience;
    private readonly Action<LedgerContext>? fence;
    private readonly Thread thread;
    private volatile LedgerException? failure;

    /// <param name="open">Opens the database.</param>
    /// <param name="patience">How long a database is waited for that is away.</param>
    /// <param name="fence">Begins every transaction; it throws when nothing more may be written.</param>
    public LedgerWriter(Func<LedgerContext> open, DatabasePatience patience, Action<LedgerContext>? fence)
    {
        (this.open, this.patience, this.fence) = (open, patience, fence);
        thread = new Thread(WriteAll) { IsBackground = true, Name = "run ledger" };
        thread.Start();
    }

    /// <summary>Hands in a change and returns at once.</summary>
    public void Post(Action<LedgerContext> change) => Hand(new Entry(change, null));

    /// <summary>Hands in a change and returns when it and everything before it is committed.</summary>
    public void Commit(Action<LedgerContext> change)
    {
        using var committed = new ManualResetEventSlim();
        Hand(new Entry(change, committed));
        committed.Wait();
        if (failure is not null) throw failure;
    }

    public void Dispose()
    {
        waiting.CompleteAdding();
        thread.Join();
        waiting.Dispose();
    }

    private void Hand(Entry entry)
    {
        if (failure is not null) throw failure;
        waiting.Add(entry);
    }

    private void WriteAll()
    {
        var batch = new List<Entry>(BatchLimit);
        foreach (var first in waiting.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < BatchLimit && waiting.TryTake(out var next)) batch.Add(next);
            if (failure is null) Write(batch);
            foreach (var entry in batch) entry.Committed?.Set();
        }
    }

    private void Write(List<Entry> batch)
    {
        try
        {
            patience.Try(() => WriteOnce(batch));
        }
        catch (LedgerException refused)
        {
            failure = refused;
        }
        catch (Exception wrong) when (wrong is DbException or DbUpdateException or IOException or InvalidOperationException)
        {
            failure = new LedgerException($"the run ledger cannot be written ({wrong.InnerException?.Message ?? wrong.Message}); free disk space or check permissions, then resume the run", wrong);
        }
    }

    private bool WriteOnce(List<Entry> batch)
    {
        using var context = open();
        using var transaction = context.Database.BeginTransaction();
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        fence?.Invoke(context);
        foreach (var entry in batch) entry.Change(context);
        context.SaveChanges();
        var id = TransactionId.Of(context);
        try
        {
            transaction.Commit();
        }
        catch (Exception wrong) when (id is not null && DatabasePatience.IsAway(wrong))
        {
            // The connection broke before the answer came. The server knows whether it has committed: done twice, some changes would not be the same.
            if (!patience.Try(() => TransactionId.IsCommitted(open, id.Value))) throw;
        }
        return true;
    }

    private sealed record Entry(Action<LedgerContext> Change, ManualResetEventSlim? Committed);
}
