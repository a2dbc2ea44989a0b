using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Schedules.Notification;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Schedules;

/// <summary>A schedule as somebody asks for it, on the command line or in the browser. What is empty is left to its default.</summary>
internal sealed record ScheduleRequest
{
    private const int FiresShown = 5;

    public required string Name { get; init; }

    public string? Cron { get; init; }

    public string? Watch { get; init; }

    /// <summary>On whose clocks; those of this machine when null.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The name of a definition, or the path of its file.</summary>
    public required string Definition { get; init; }

    /// <summary>The values of its inputs, checked as for a run.</summary>
    public required IReadOnlyDictionary<string, JsonNode?> Inputs { get; init; }

    public required Seed Seed { get; init; }

    /// <summary>skip or queue; skip when null.</summary>
    public string? Overlap { get; init; }

    /// <summary>run or skip; run when null.</summary>
    public string? Misfire { get; init; }

    public string? TimeLimit { get; init; }

    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>The schedule, when nothing is wrong with it, and when it fires next; nothing is added.</summary>
    /// <param name="home">The folder of runs to which it is to belong.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="BadInputException">What is wrong with it.</exception>
    public (ScheduleRow Row, IReadOnlyList<DateTimeOffset> Next) Check(RunHome home, DateTimeOffset now)
    {
        var zone = TimeZone ?? TimeZoneInfo.Local.Id;
        var folder = Watch is { } watched ? Watched(watched, home.Root) : null;
        if (Cron is null == folder is null) throw new BadInputException("schedule add", folder is null ? "neither --cron nor --watch" : "both --cron and --watch", "one of them", "give one of them");
        if (folder is not null && (Overlap ?? Misfire) is not null)
            throw new BadInputException("schedule add", "--overlap or --misfire beside --watch", "neither of them: a change is never left out, and waits for the end of the last run", "leave it out");
        var times = Cron is { } expression ? CronTimes.Parse(expression, zone, now) : null;
        var row = new ScheduleRow
        {
            Home = home.Root, Name = Name, Cron = Cron, Watch = folder, Seen = folder is null ? null : new WatchedFolder(folder).Fingerprint(), TimeZone = zone,
            Definition = File.Exists(Definition) ? Path.GetFullPath(Definition) : Definition,
            Inputs = new JsonObject(Inputs.Select(input => KeyValuePair.Create(input.Key, input.Value?.DeepClone()))).ToJsonString(SurveyJson.Options), Seed = Seed.Value.ToString(CultureInfo.InvariantCulture),
            Overlap = folder is null ? PolicyOf("--overlap", Overlap, OverlapPolicy.Skip) : OverlapPolicy.Queue, Misfire = PolicyOf("--misfire", Misfire, MisfirePolicy.Run),
            TimeLimitSeconds = TimeLimit is { } text ? Schedules.TimeLimit.Seconds(text) : null, Notify = JsonSerializer.Serialize(Notify.Select(NoticeAddress.Check).Distinct()), DueAt = times?.After(now), CreatedAt = now,
        };
        return (row, times?.AllAfter(now).Take(FiresShown).ToList() ?? []);
    }

    // Runs that change the folder which starts them would never end.
    private static string Watched(string folder, string home)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(path)) throw new BadInputException("--watch", $"{path}, which is not there", "a folder of maps", "name a folder");
        return $"{home}/".StartsWith($"{path}/", StringComparison.Ordinal) ? throw new BadInputException("--watch", $"{path}, in which the folder of runs is", "a folder that runs do not change", "name the folder of maps, or another --out") : path;
    }

    private static T PolicyOf<T>(string option, string? given, T byDefault) where T : struct, Enum
    {
        if (given is null) return byDefault;
        var known = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToArray();
        return known.Contains(given) ? Enum.Parse<T>(given, ignoreCase: true) : throw new BadInputException(option, $"'{given}'", string.Join(" or ", known), Spelling.Suggest(given, known));
    }
}
