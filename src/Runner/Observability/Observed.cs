using ClusterSurvey.Runner.Runs;

namespace ClusterSurvey.Runner.Observability;

/// <summary>What is written down and sent of this process: its log, and traces and metrics when somebody wants them.</summary>
internal static class Observed
{
    private static IDisposable? log, export;

    /// <summary>Begins, for a process that works at runs.</summary>
    /// <param name="role">The command.</param>
    /// <param name="home">The folder of runs.</param>
    /// <exception cref="ClusterSurvey.Activities.Problems.BadInputException">A variable of the environment makes no sense.</exception>
    public static void As(string role, RunHome home)
    {
        if (home.Database is { } database && Workflows.Ledger.RunLedger.IsDatabase(database)) KnownSecrets.AddPasswordOf(database);
        log ??= ProgramLog.Open(role, home);
        export ??= OtlpExport.Open(role);
    }

    /// <summary>Writes and sends what is left.</summary>
    public static void End()
    {
        export?.Dispose();
        log?.Dispose();
        (log, export) = (null, null);
    }
}
