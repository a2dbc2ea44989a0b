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
    private readonly Thread thread;
    private volatile LedgerException? failure;

    public LedgerWriter(Func<LedgerContext> open)
    {
        this.open = open;
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
            using var context = open();
            using var transaction = context.Database.BeginTransaction();
            context.ChangeTracker.AutoDetectChangesEnabled = false;
            foreach (var entry in batch) entry.Change(context);
            context.SaveChanges();
            transaction.Commit();
        }
        catch (Exception wrong) when (wrong is DbException or DbUpdateException or IOException or InvalidOperationException)
        {
            failure = new LedgerException($"the run ledger cannot be written ({wrong.InnerException?.Message ?? wrong.Message}); free disk space or check permissions, then resume the run", wrong);
        }
    }

    private sealed record Entry(Action<LedgerContext> Change, ManualResetEventSlim? Committed);
}
