using Microsoft.EntityFrameworkCore;

namespace ClusterSurvey.Workflows.Ledger;

/// <summary>The numbers under which PostgreSQL knows what became of a transaction.</summary>
internal static class TransactionId
{
    private static readonly TimeSpan wait = TimeSpan.FromMilliseconds(50);

    /// <summary>The number of a transaction that has written something; null when it has not, and for a database that is a file.</summary>
    public static long? Of(LedgerContext context)
        => context.Database.IsNpgsql() ? context.Database.SqlQuery<long?>($"SELECT txid_current_if_assigned() AS \"Value\"").Single() : null;

    /// <summary>True for a transaction that was committed; waits for the end of one that is still in progress on the server.</summary>
    public static bool IsCommitted(Func<LedgerContext> open, long id)
    {
        for (; ; Thread.Sleep(wait))
        {
            using var context = open();
            var status = context.Database.SqlQuery<string>($"SELECT txid_status({id}) AS \"Value\"").Single();
            if (status != "in progress") return status == "committed";
        }
    }
}
