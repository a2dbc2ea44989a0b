using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ClusterSurvey.Workflows.Ledger;

/// <summary>Holds a database of PostgreSQL for one process that makes its tables. The server lets go of it when the connection ends, however it ends.</summary>
internal sealed class SchemaLock : IDisposable
{
    // Any number that nobody else uses for an advisory lock of this database.
    private const long Number = 0x636C7573746572;

    private readonly LedgerContext context;

    private SchemaLock(LedgerContext context) => this.context = context;

    /// <summary>Waits until no other process holds it; the database is made when it is not there.</summary>
    public static SchemaLock Take(LedgerContext context)
    {
        Make(context.GetService<IRelationalDatabaseCreator>());
        context.Database.OpenConnection();
        context.Database.ExecuteSql($"SELECT pg_advisory_lock({Number})");
        return new SchemaLock(context);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        context.Database.ExecuteSql($"SELECT pg_advisory_unlock({Number})");
        context.Dispose();
    }

    private static void Make(IRelationalDatabaseCreator database)
    {
        try
        {
            if (!database.Exists()) database.Create();
        }
        catch (PostgresException made) when (made.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process has made it in the same moment.
        }
    }
}
