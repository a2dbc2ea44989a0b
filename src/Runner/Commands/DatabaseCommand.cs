using System.CommandLine;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows.Ledger.Backup;

namespace ClusterSurvey.Runner.Commands;

/// <summary>database backup|restore: the ledger of runs in one file.</summary>
internal static class DatabaseCommand
{
    public static Command Make()
        => new("database", "Backs up and restores the ledger of runs: runs and their journals, saved definitions, schedules, jobs and the hashes of keys. Artifacts and the folders of runs are not in it: copy --out too.") { Backup(), Restore() };

    private static Command Backup()
    {
        var (file, home, database, json) = (Place("the backup; one that is there is replaced"), CommonOptions.Home(), CommonOptions.Database(), CommonOptions.Json());
        var command = new Command("backup", "Writes the ledger as it is at one moment to a file, while runs, a server and workers may be at work.") { file, home, database, json };
        command.SetAction(parsed =>
        {
            var runs = CommonOptions.HomeOf(parsed, home, database);
            if (!runs.HasLedger) throw new BadInputException("--out", $"{runs.Root}, which has no ledger", "the folder of runs", $"name the folder that was given as --out to run, or {LedgerDatabase.Option}");
            var path = parsed.GetRequiredValue(file);
            using var ledger = runs.OpenLedger();
            Tell(LedgerBackup.Write(ledger, path, TimeProvider.System.GetUtcNow()), path, "backed up to", parsed.GetValue(json));
            Output.Note($"artifacts and reports are not in it: copy {runs.Root} too");
        });
        return command;
    }

    private static Command Restore()
    {
        var (file, home, database, json) = (Place("a backup"), CommonOptions.Home(), CommonOptions.Database(), CommonOptions.Json());
        var force = new Option<bool>("--force") { Description = "replace all that the ledger holds" };
        var command = new Command("restore", "Fills a ledger, in a file or in PostgreSQL, from a backup of either. Stop the server and the workers first.") { file, home, database, force, json };
        command.SetAction(parsed =>
        {
            var runs = CommonOptions.HomeOf(parsed, home, database);
            var path = parsed.GetRequiredValue(file);
            using var backup = LedgerBackup.Open(path);
            using var atRest = runs.IsShared ? null : StoreLock.ForClearing(runs.OpenStore());
            using var ledger = runs.OpenLedger();
            var rows = backup.RestoreInto(ledger, parsed.GetValue(force), TimeProvider.System.GetUtcNow());
            Tell(backup.Contents with { Schema = ledger.Schema, Rows = rows }, path, "restored from", parsed.GetValue(json));
        });
        return command;
    }

    private static Argument<string> Place(string what) => new("file") { Description = what };

    private static void Tell(BackupContents contents, string path, string done, bool json)
    {
        if (json) Output.Json(new { file = Path.GetFullPath(path), schema = contents.Schema, created = contents.CreatedAt, sha256 = contents.Sha256, rows = contents.Rows });
        else Output.Result(FormattableString.Invariant($"{contents.AllRows} rows of {contents.Rows.Count} tables, {contents.Instances} runs and instances among them, {done} {path} (schema {contents.Schema})"));
    }
}
