using System.Data.Common;
using System.Diagnostics;
using Npgsql;

namespace ClusterSurvey.Workflows.Ledger;

/// <summary>Waits for a database that is away for a moment: restarted, or behind a network that is cut.</summary>
/// <param name="limit">How long it waits at most; nothing for a database that is a file.</param>
internal sealed class DatabasePatience(TimeSpan limit)
{
    // The server was told to stop, or was killed: states that come with every connection that it ends.
    private const string AdminShutdown = "57P01", CrashShutdown = "57P02";

    private static readonly TimeSpan firstWait = TimeSpan.FromMilliseconds(100), longestWait = TimeSpan.FromSeconds(2);

    public static DatabasePatience None { get; } = new(TimeSpan.Zero);

    /// <summary>Does something until it goes well, fails for another reason, or the patience is at its end.</summary>
    public T Try<T>(Func<T> act)
    {
        var began = Stopwatch.GetTimestamp();
        for (var wait = firstWait; ; wait = wait * 2 < longestWait ? wait * 2 : longestWait)
        {
            try
            {
                return act();
            }
            catch (Exception failure) when (IsAway(failure) && Stopwatch.GetElapsedTime(began) < limit)
            {
                Thread.Sleep(wait);
            }
        }
    }

    /// <summary>True when the database, and not what it was asked, is at fault.</summary>
    public static bool IsAway(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            if (cause is NpgsqlException { IsTransient: true } or PostgresException { SqlState: AdminShutdown or CrashShutdown } or (DbException and { InnerException: IOException or TimeoutException or System.Net.Sockets.SocketException })) return true;
        return false;
    }
}
