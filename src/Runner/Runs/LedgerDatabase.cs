using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Runs;

/// <summary>A ledger in a database that the user has named. What is said of it never tells the password.</summary>
internal static class LedgerDatabase
{
    /// <summary>The option that names the database.</summary>
    public const string Option = "--database";

    /// <summary>The variable that names it when the option does not: other users of a machine can read the command lines of its programs.</summary>
    public const string Variable = "CLUSTERSURVEY_DATABASE";

    private const string Expected = "the connection string of a PostgreSQL database, as Host=HOST;Database=NAME;Username=NAME;Password=PASSWORD";

    // What connection strings call a password, and the form of a URL that holds one.
    private static readonly string[] secrets = ["password", "pwd=", "psw=", "://"];

    /// <summary>Opens it; its tables are made, or brought up to date.</summary>
    /// <param name="connection">The connection string.</param>
    /// <param name="patience">How long the open ledger waits for a database that has gone away; not at all when null.</param>
    /// <exception cref="BadInputException">It is no connection string, or the database cannot be reached.</exception>
    public static RunLedger Open(string connection, TimeSpan? patience = null)
    {
        if (!RunLedger.IsDatabase(connection)) throw new BadInputException(Option, "something else", Expected, $"correct {Option}, or the variable {Variable}");
        try
        {
            return RunLedger.OpenPostgres(connection, patience);
        }
        catch (LedgerException wrong)
        {
            throw new BadInputException(Option, wrong.Message, "a database that can be reached", "start the server, or correct the connection string", wrong);
        }
    }

    /// <summary>True for a word of the command line that may hold a password.</summary>
    public static bool IsSecret(string word) => secrets.Any(secret => word.Contains(secret, StringComparison.OrdinalIgnoreCase));
}
