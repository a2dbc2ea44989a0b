using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Runner.Schedules;
using ClusterSurvey.Runner.Schedules.Notification;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Commands.Schedule;

/// <summary>schedule add NAME: checks everything that can be checked before the first run, and shows the next fires.</summary>
internal static class AddSchedule
{
    private const int FiresShown = 5;

    public static Command Make()
    {
        var name = ScheduleCommand.Name();
        var cron = new Option<string?>("--cron") { Description = "when: five fields 'minute hour day month weekday', six with the second first, or @hourly, @daily, @weekly, @monthly, @yearly" };
        var watch = new Option<string?>("--watch") { Description = "in place of --cron: a folder of maps; it runs when files there have changed, have been at rest for half a minute, and are whole" };
        var zone = new Option<string?>("--time-zone") { Description = "on whose clocks, as Europe/Berlin or UTC (default: those of this machine)" };
        var run = new Option<string>("--run") { Description = "name of a workflow (see workflows list), or the path of a definition", Required = true };
        var overlap = Choice("--overlap", "skip: nothing happens while the last run is still at work; queue: one run waits for its end (default: skip)", "skip");
        var misfire = Choice("--misfire", "run: one run stands for all times that were missed; skip: they are given up (default: run)", "run");
        var limit = new Option<string?>("--time-limit") { Description = "a run that takes longer is stopped: a number with s, m, h or d (default: none)" };
        var notify = new Option<string[]>("--notify")
        {
            Description = "whom to tell the end of every run: a web address that takes JSON, or mailto:ADDRESS; secrets are named, as {env:NAME} or {file:PATH}; may be repeated", AllowMultipleArgumentsPerToken = false,
        };
        var survey = new SurveyOptions();
        var json = CommonOptions.Json();
        var command = new Command("add", "Adds a schedule and shows when it fires next. The other options are those of run.") { name, cron, watch, zone, run, overlap, misfire, limit, notify };
        survey.AddInputsTo(command);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var home = survey.HomeOf(parsed);
            var zoneId = parsed.GetValue(zone) ?? TimeZoneInfo.Local.Id;
            var folder = parsed.GetValue(watch) is { } watched ? Watched(watched, home.Root) : null;
            if (parsed.GetValue(cron) is null == folder is null) throw new BadInputException("schedule add", folder is null ? "neither --cron nor --watch" : "both --cron and --watch", "one of them", "give one of them");
            if (folder is not null && (parsed.GetResult(overlap) is { Implicit: false } || parsed.GetResult(misfire) is { Implicit: false }))
                throw new BadInputException("schedule add", "--overlap or --misfire beside --watch", "neither of them: a change is never left out, and waits for the end of the last run", "leave it out");
            var times = parsed.GetValue(cron) is { } expression ? CronTimes.Parse(expression, zoneId, now) : null;
            var request = survey.Read(parsed, parsed.GetRequiredValue(run));
            var row = new ScheduleRow
            {
                Home = home.Root, Name = parsed.GetRequiredValue(name), Cron = parsed.GetValue(cron), Watch = folder, Seen = folder is null ? null : new WatchedFolder(folder).Fingerprint(), TimeZone = zoneId,
                Definition = File.Exists(parsed.GetRequiredValue(run)) ? Path.GetFullPath(parsed.GetRequiredValue(run)) : parsed.GetRequiredValue(run),
                Inputs = new JsonObject(request.Inputs.Select(input => KeyValuePair.Create(input.Key, input.Value?.DeepClone()))).ToJsonString(SurveyJson.Options),
                Seed = request.Seed.Value.ToString(CultureInfo.InvariantCulture),
                Overlap = folder is null ? PolicyOf<OverlapPolicy>(parsed, overlap) : OverlapPolicy.Queue, Misfire = PolicyOf<MisfirePolicy>(parsed, misfire),
                TimeLimitSeconds = parsed.GetValue(limit) is { } text ? TimeLimit.Seconds(text) : null, 
                Notify = JsonSerializer.Serialize((parsed.GetValue(notify) ?? []).Select(NoticeAddress.Check).Distinct()), DueAt = times?.After(now), CreatedAt = now,
            };
            using var ledger = home.OpenLedger();
            home.SchedulesIn(ledger).Add(row);
            Show(row, times?.AllAfter(now).Take(FiresShown).ToList() ?? [], parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(ScheduleRow row, List<DateTimeOffset> next, bool json)
    {
        if (json)
        {
            Output.Json(new { name = row.Name, cron = row.Cron, watch = row.Watch, time_zone = row.TimeZone, next = next.Select(time => TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(row.TimeZone))) });
            return;
        }
        if (row.Watch is not null)
        {
            Output.Result($"{row.Name}: runs when {row.Watch} has changed, while a server of this folder is there (clustersurvey serve)");
            return;
        }
        Output.Result($"{row.Name}: '{row.Cron}' on the clocks of {row.TimeZone}; it fires while a server of this folder is there (clustersurvey serve), next");
        foreach (var time in next) Output.Result($"  {ScheduleTexts.Shown(row, time)}");
    }

    // Runs that change the folder which starts them would never end.
    private static string Watched(string folder, string home)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(path)) throw new BadInputException("--watch", $"{path}, which is not there", "a folder of maps", "name a folder");
        return $"{home}/".StartsWith($"{path}/", StringComparison.Ordinal) ? throw new BadInputException("--watch", $"{path}, in which the folder of runs is", "a folder that runs do not change", "name the folder of maps, or another --out") : path;
    }

    private static Option<string> Choice(string name, string description, string byDefault) => new(name) { Description = description, DefaultValueFactory = _ => byDefault };

    private static T PolicyOf<T>(ParseResult parsed, Option<string> option) where T : struct, Enum
    {
        var (given, known) = (parsed.GetRequiredValue(option), Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToArray());
        return known.Contains(given) ? Enum.Parse<T>(given, ignoreCase: true) : throw new BadInputException(option.Name, $"'{given}'", string.Join(" or ", known), Spelling.Suggest(given, known));
    }
}
