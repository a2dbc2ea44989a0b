using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ClusterSurvey.Workflows.Tests.Rest;

/// <summary>Counts the queries to one ledger and how often they ask for a row: work, which is the same however busy the machine is.</summary>
internal sealed class LedgerReads : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string file;
    private readonly List<IDisposable> subscriptions = [];
    private int queries;
    private int rows;

    /// <param name="file">The file of the ledger, by which other tests' ledgers are told apart.</param>
    public LedgerReads(string file)
    {
        this.file = Path.GetFileName(Path.GetDirectoryName(file)!);
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>How many queries an action makes, and how often they ask for a row.</summary>
    public async Task<(int Queries, int Rows)> Of(Func<Task> action)
    {
        (queries, rows) = (0, 0);
        await action();
        return (queries, rows);
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not DataReaderDisposingEventData read || value.Key != RelationalEventId.DataReaderDisposing.Name) return;
        if (read.Context?.Database.GetConnectionString()?.Contains(file, StringComparison.Ordinal) != true) return;
        Interlocked.Increment(ref queries);
        Interlocked.Add(ref rows, read.ReadCount);
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose()
    {
        foreach (var subscription in subscriptions) subscription.Dispose();
    }
}
