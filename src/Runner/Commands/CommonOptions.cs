using System.CommandLine;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Runner.Commands;

/// <summary>Options that several commands have, with one meaning.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "print the result as JSON" };

    public static Option<string?> Home() => new("--out") { Description = "folder of runs (default: runs)" };

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
