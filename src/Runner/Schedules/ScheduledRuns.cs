using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Survey;
using ClusterSurvey.Foundation;
using ClusterSurvey.Runner.Commands;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Schedules;

/// <summary>
/// Starts what schedules ask for and writes their history. What is due stands in the ledger and not in memory: whoever looks, whenever, finds what a
/// server that was down or a clock that jumped has left. A schedule that is due is looked at more than once without harm.
/// </summary>
/// <param name="home">The folder of runs.</param>
/// <param name="ledger">Its ledger.</param>
/// <param name="runs">What carries out its runs.</param>
/// <param name="time">The clock.</param>
public sealed class ScheduledRuns(RunHome home, RunLedger ledger, IRunQueue runs, TimeProvider time)
{
    private readonly ScheduleBook schedules = home.SchedulesIn(ledger);
    private readonly Lock gate = new();

    // A time limit counts on a clock that does not jump; a server that starts anew counts anew.
    private readonly Dictionary<string, long> began = new(StringComparer.Ordinal);

    private readonly Dictionary<string, FolderWatch> watches = new(StringComparer.Ordinal);

    /// <summary>The schedules.</summary>
    public IReadOnlyList<ScheduleRow> Rows => schedules.All;

    /// <summary>Writes down what has ended, takes what is due, starts what can be started.</summary>
    public void Look()
    {
        lock (gate)
        {
            foreach (var fire in schedules.Open.Where(fire => fire.State == FireState.Running)) Follow(fire);
            foreach (var row in schedules.All.Where(row => row.DueAt <= time.GetUtcNow())) TakeDue(row);
            foreach (var row in schedules.All.Where(row => row is { Watch: not null, IsPaused: false })) TakeChange(row);
            foreach (var fires in schedules.Open.GroupBy(fire => fire.Schedule).Where(fires => fires.All(fire => fire.State == FireState.Waiting))) Start(fires.First());
        }
    }

    private void Follow(ScheduleFireRow fire)
    {
        // A server that was killed between the two has left it so.
        if (fire.Run is not { } run)
        {
            schedules.PutBack(fire.Id);
            return;
        }
        var folder = FolderOf(run);
        if (runs.IsAtWork(folder)) FollowWork(fire, folder);
        else if (!runs.IsActive(folder)) End(fire, folder);
    }

    private void FollowWork(ScheduleFireRow fire, RunFolder folder)
    {
        if (fire.StartedAt is null) schedules.SetStarted(fire.Id, time.GetUtcNow());
        var since = began.TryGetValue(fire.Id, out var known) ? known : began[fire.Id] = time.GetTimestamp();
        if (schedules.All.FirstOrDefault(row => row.Name == fire.Schedule)?.TimeLimitSeconds is not { } limit || time.GetElapsedTime(since).TotalSeconds <= limit) return;
        runs.Stop(folder);
        End(fire, FireState.TimedOut, $"it took longer than {TimeLimit.Shown(limit)}; 'clustersurvey resume {fire.Run}' goes on with it");
    }

    private void End(ScheduleFireRow fire, RunFolder folder)
    {
        if (ledger.RunIn(folder.Path) is not { } instance)
        {
            End(fire, FireState.Failed, "its run was removed");
            return;
        }
        // A run of a moment was never seen at work.
        if (fire.StartedAt is null && instance.FinishedAt is { } end) schedules.SetStarted(fire.Id, end - TimeSpan.FromSeconds(RunManifest.Read(folder).Seconds));
        var (state, message) = EndOf(instance, folder);
        if (HasResult(state)) Compare(fire, folder);
        End(fire, state, message);
    }

    private static bool HasResult(FireState state) => state is FireState.Done or FireState.DoneWithFailures;

    private void Compare(ScheduleFireRow fire, RunFolder folder)
    {
        var last = schedules.LastResult(fire.Schedule);
        if (last?.Run is not { } run || !File.Exists(FolderOf(run).FileAt("manifest.json"))) return;
        try
        {
            var store = home.OpenStore();
            var changes = new RunChanges(new RunComparison(ComparedRun.Read(FolderOf(run), store), ComparedRun.Read(folder, store)));
            AtomicFile.WriteText(folder.FileAt(RunChanges.FileName), changes.ToMarkdown());
            schedules.SetChanges(fire.Id, run, changes.InOneLine);
        }
        catch (Exception wrong) when (wrong is BadInputException or IOException or InvalidDataException or UnauthorizedAccessException or JsonException)
        {
            schedules.SetChanges(fire.Id, run, $"it cannot be told: {wrong.InPlainWords()}");
        }
    }

    private (FireState State, string? Message) EndOf(InstanceRow instance, RunFolder folder) => instance.SubStatus switch
    {
        "Finished" when instance.IncidentCount == 0 => (FireState.Done, null),
        "Finished" => (FireState.DoneWithFailures, $"set aside: {string.Join(", ", ledger.Incidents(instance.Id).Select(incident => incident.Label).OfType<string>().Distinct())}"),
        "Cancelled" => (FireState.Stopped, null),
        "Faulted" => (FireState.Failed, ledger.Incidents(instance.Id).Select(incident => $"{incident.StepName}: {incident.Message}").FirstOrDefault()),
        _ => (FireState.Failed, Web.RunWatch.Tail(folder, 1).SingleOrDefault()),
    };

    private void End(ScheduleFireRow fire, FireState state, string? message)
    {
        began.Remove(fire.Id);
        schedules.End(fire, state, message, time.GetUtcNow());
    }

    private void TakeDue(ScheduleRow row)
    {
        var now = time.GetUtcNow();
        var due = DueFire.At(row.DueAt!.Value, now, row.Misfire, ScheduleTexts.TimesOf(row)!);
        var (state, message) = due.IsToRun ? InTheWay(row) : (FireState.Missed, Missed(due.Missed));
        schedules.Take(row, due.Next, FireCause.Cron, due.DueAt, now, due.Missed, state, message);
    }

    // What changes while the last run is at work is taken when it has ended: left out, it would be missed for good.
    private void TakeChange(ScheduleRow row)
    {
        if (schedules.Open.Any(fire => fire.Schedule == row.Name)) return;
        if (!watches.TryGetValue(row.Watch!, out var watch)) watch = watches[row.Watch!] = new FolderWatch(row.Watch!, time);
        if (watch.Changed(row.Seen) is { } seen) schedules.TakeChange(row, seen, time.GetUtcNow());
    }

    private (FireState State, string? Message) InTheWay(ScheduleRow row)
    {
        var open = schedules.Open.Where(fire => fire.Schedule == row.Name).ToList();
        if (open.Count == 0) return (FireState.Waiting, null);
        if (open.Find(fire => fire.State == FireState.Waiting) is not null) return (FireState.Skipped, "a run is waiting already, and will find all that is new");
        return row.Overlap == OverlapPolicy.Queue ? (FireState.Waiting, null) : (FireState.Skipped, $"the run before it, {open[0].Run}, was still at work");
    }

    private static string Missed(int count) => string.Create(CultureInfo.InvariantCulture, $"nobody was there at {count} planned {(count == 1 ? "time" : "times")}");

    // The definition, the sample and the maps are read anew: a rerun is about what they are now.
    private void Start(ScheduleFireRow fire)
    {
        if (!schedules.Begin(fire.Id)) return;
        try
        {
            var row = schedules.Get(fire.Schedule);
            var definition = SurveyOptions.Load(row.Definition, home);
            var inputs = SurveyOptions.Inputs(definition, JsonNode.Parse(row.Inputs)!.AsObject().ToDictionary(input => input.Key, input => input.Value?.DeepClone(), StringComparer.Ordinal));
            schedules.SetRun(fire.Id, runs.Enter(definition, inputs, new Seed(ulong.Parse(row.Seed, CultureInfo.InvariantCulture))).Id);
        }
        catch (Exception wrong) when (wrong is BadInputException or IOException or UnauthorizedAccessException)
        {
            End(fire, FireState.Failed, wrong.InPlainWords());
        }
    }

    private RunFolder FolderOf(string run) => new(Path.Combine(home.Root, run));
}
