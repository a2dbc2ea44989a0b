using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ClusterSurvey.Workflows.Ledger;

/// <summary>
/// With a write-ahead log, a killed process loses nothing that was committed without a flush to disk at every commit;
/// a power cut may lose the last commits, whose steps then run again, and never damages the file.
/// </summary>
internal sealed class RelaxedFlush : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous=NORMAL;";
        command.ExecuteNonQuery();
    }
}
