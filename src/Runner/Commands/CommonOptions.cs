using System.CommandLine;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Foundation;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Schedules.Notification;

namespace ClusterSurvey.Runner.Commands;

/// <summary>Options that several commands have, with one meaning.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "print the result as JSON" };

    public static Option<string?> Home() => new("--out") { Description = "folder of runs (default: runs)" };

    public static Option<string?> Database() => new(LedgerDatabase.Option)
    {
        Description = $"connection string of the PostgreSQL database that holds the ledger of runs (default: the variable {LedgerDatabase.Variable}, else a file in the folder of runs)",
    };

    /// <summary>The database that is meant; null for a file in the folder of runs.</summary>
    // Read here and not as a default of the option, which the help would print.
    public static string? DatabaseOf(ParseResult parsed, Option<string?> option)
        => (parsed.GetValue(option) ?? Secrets.Find(LedgerDatabase.Variable)) is { Length: > 0 } database ? database : null;

    /// <summary>The folder of runs, with its ledger.</summary>
    public static RunHome HomeOf(ParseResult parsed, Option<string?> home, Option<string?> database) => new(parsed.GetValue(home) ?? RunHome.Default, DatabaseOf(parsed, database));

    public static Option<ulong> SeedOption() => new("--seed") { Description = "origin of all random numbers (default: 1)", DefaultValueFactory = _ => 1 };

    public static Option<int> Threads() => new("--threads")
    {
        Description = "threads (default: the cores of the machine)", DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    /// <summary>The point spread function; where the instrument is looked up differs.</summary>
    public static Option<string> Psf(string instrument) => new("--psf")
    {
        Description = $"point spread function: none; king or king:CORE_RADIUS:SLOPE; gaussian or gaussian:HALF_ENERGY_WIDTH, in arcsec; instrument: by {instrument} (default: instrument)",
        DefaultValueFactory = _ => PsfSetting.Instrument,
    };

    public static Seed SeedOf(ParseResult parsed, Option<ulong> option) => new(parsed.GetValue(option));
}
