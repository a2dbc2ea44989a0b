using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ClusterSurvey.Workflows.Ledger.Backup;

/// <summary>The tables of a ledger one by one, whatever kind of database they are in: all of the model, so that none can be forgotten.</summary>
internal static class LedgerTables
{
    private const int Batch = 1000;

    /// <summary>Puts the rows of a ledger in the place of those of another, inside the transaction of the other.</summary>
    /// <returns>How many rows each table has.</returns>
    public static Dictionary<string, long> Copy(LedgerContext source, LedgerContext target) => Each(target, nameof(CopyRows), source, target);

    /// <summary>How many rows each table has.</summary>
    public static Dictionary<string, long> Count(LedgerContext context) => Each(context, nameof(CountRows), context);

    // Nodes say every second that they are there: those of a copy would be ghosts.
    private static IEnumerable<IEntityType> Of(LedgerContext context) => context.Model.GetEntityTypes().Where(table => table.ClrType != typeof(NodeRow));

    private static Dictionary<string, long> Each(LedgerContext context, string method, params object[] arguments) => Of(context).ToDictionary(
        table => table.GetTableName()!,
        table => (long)typeof(LedgerTables).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(table.ClrType)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!,
        StringComparer.Ordinal);

    private static long CountRows<T>(LedgerContext context)
        where T : class => context.Set<T>().LongCount();

    private static long CopyRows<T>(LedgerContext source, LedgerContext target)
        where T : class
    {
        target.Set<T>().ExecuteDelete();
        var count = 0L;
        foreach (var rows in source.Set<T>().AsNoTracking().AsEnumerable().Chunk(Batch))
        {
            target.AddRange(rows);
            target.SaveChanges();
            target.ChangeTracker.Clear();
            count += rows.Length;
        }
        return count;
    }
}
