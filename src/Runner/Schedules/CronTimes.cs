using System.Globalization;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using Quartz;

namespace ClusterSurvey.Runner.Schedules;

/// <summary>
/// The times that a cron expression names, on the clocks of a time zone. A time that clocks leave out when they go forward comes at the moment they
/// do; one that they show twice when they go back comes once, unless the expression names every hour.
/// </summary>
public sealed class CronTimes
{
    private const string Expected = "a cron expression: five fields 'minute hour day month weekday' (weekday 0 to 7, 0 and 7 are Sunday), or six with the second first (as Quartz.NET)";

    private readonly CronExpression expression;

    private CronTimes(CronExpression expression, TimeZoneInfo zone) => (this.expression, Zone) = (expression, zone);

    public TimeZoneInfo Zone { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="cron">Five fields as in crontab, six or seven as in Quartz.NET, or one of @hourly, @daily, @weekly, @monthly, @yearly.</param>
    /// <param name="zone">The id of a time zone.</param>
    /// <param name="now">The time after which it has to name one.</param>
    /// <exception cref="BadInputException">It is no expression, it names no time to come, or the zone is not known.</exception>
    public static CronTimes Parse(string cron, string zone, DateTimeOffset now)
    {
        var times = Read(cron, zone);
        return times.After(now) is null ? throw new BadInputException("--cron", $"'{cron}', which names no time to come", "an expression that names some", "correct the day, the month or the year") : times;
    }

    /// <summary>Reads an expression that was checked when it was stored.</summary>
    /// <exception cref="BadInputException">It is no expression, or the zone is not known on this machine.</exception>
    public static CronTimes Read(string cron, string zone)
    {
        ArgumentNullException.ThrowIfNull(cron);
        ArgumentNullException.ThrowIfNull(zone);
        var found = ZoneOf(zone);
        var fields = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        try
        {
            return new CronTimes(CronExpression.Parse(cron.Trim(), fields > 5 ? CronFormat.Quartz : CronFormat.Unix).WithTimeZone(found), found);
        }
        catch (FormatException wrong)
        {
            throw new BadInputException("--cron", $"'{cron}' ({wrong.InPlainWords().TrimEnd('.')})", Expected, "correct the expression", wrong);
        }
    }

    /// <summary>The first time after another; null when there is none.</summary>
    public DateTimeOffset? After(DateTimeOffset time) => expression.GetNextValidTimeAfter(time);

    /// <summary>Times that follow another, in order.</summary>
    public IEnumerable<DateTimeOffset> AllAfter(DateTimeOffset time)
    {
        for (var next = After(time); next is { } found; next = After(found)) yield return found;
    }

    /// <summary>A time on the clocks of the zone, for people.</summary>
    public string Shown(DateTimeOffset time) => ShownIn(Zone, time);

    /// <summary>A time on the clocks of a zone, for people: the offset tells apart what clocks show twice.</summary>
    public static string ShownIn(TimeZoneInfo zone, DateTimeOffset time)
    {
        var there = TimeZoneInfo.ConvertTime(time, zone);
        return there.ToString(there.Second == 0 ? "ddd yyyy-MM-dd HH:mm zzz" : "ddd yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
    }

    /// <summary>The trigger's schedule in the scheduler.</summary>
    internal CronScheduleBuilder ForTrigger() => CronScheduleBuilder.Create(expression).InTimeZone(Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing);

    private static TimeZoneInfo ZoneOf(string id)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(id);
        }
        catch (Exception wrong) when (wrong is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new BadInputException("--time-zone", $"'{id}'", "a name of the IANA time zone database, as Europe/Berlin or UTC", Spelling.Suggest(id, [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)]), wrong);
        }
    }
}
