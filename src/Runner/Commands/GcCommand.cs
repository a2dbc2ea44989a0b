using System.CommandLine;
using System.Globalization;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;

namespace ClusterSurvey.Runner.Commands;

/// <summary>gc: removes artifacts that no run needs.</summary>
internal static class GcCommand
{
    public static Command Make()
    {
        var (home, database) = (CommonOptions.Home(), CommonOptions.Database());
        var days = new Option<double>("--older-than") { Description = "days: what is newer stays (default: 7)", DefaultValueFactory = _ => 7 };
        var size = new Option<double?>("--to-size") { Description = "GB: stop as soon as the artifacts take no more than this" };
        var dry = new Option<bool>("--dry-run") { Description = "tell what would go, and remove nothing" };
        var json = CommonOptions.Json();
        var command = new Command("gc", "Removes artifacts that no run under --out needs; delete the folder of a run to give up its own.") { home, database, days, size, dry, json };
        command.SetAction((parsed, cancellation) =>
        {
            if (!(parsed.GetValue(days) >= 0)) throw new BadInputException("--older-than", $"{parsed.GetValue(days)}", "0 days or more", "choose another number");
            if (parsed.GetValue(size) < 0) throw new BadInputException("--to-size", $"{parsed.GetValue(size)}", "0 GB or more", "choose another number");
            var runs = CommonOptions.HomeOf(parsed, home, database);
            if (!Directory.Exists(runs.Root)) throw new BadInputException("--out", runs.Root, "the folder of runs", "name the folder that was given as --out to run");
            var cleared = Clear(runs, parsed.GetValue(days), parsed.GetValue(size), parsed.GetValue(dry), cancellation);
            if (parsed.GetValue(json)) Output.Json(new { dry_run = parsed.GetValue(dry), results = cleared.Results, files = cleared.Files, bytes = cleared.Bytes, bytes_left = cleared.BytesLeft });
            else Output.Result(Told(cleared, parsed.GetValue(dry)));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Cleared Clear(RunHome home, double days, double? gigabytes, bool dry, CancellationToken cancellation)
    {
        var store = home.OpenStore();
        using var alone = StoreLock.ForClearing(store);
        var kept = KeptArtifacts.Of(home);
        var newest = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-Math.Min(days, 36500));
        return StoreClearing.Run(store, kept.Keys, kept.Hashes, newest, (long?)(gigabytes * 1e9), remove: !dry, cancellation);
    }

    private static string Told(Cleared cleared, bool dry) => string.Create(CultureInfo.InvariantCulture,
        $"{(dry ? "would remove" : "removed")} {cleared.Results} results and {cleared.Files} files, {cleared.Bytes / 1e6:f1} MB; {cleared.BytesLeft / 1e6:f1} MB stay");
}
