using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Schedules;

namespace ClusterSurvey.Runner.Tests.Schedules;

public sealed class CronTimesTests
{
    private static readonly DateTimeOffset friday = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Time_that_clocks_leave_out_in_spring_comes_at_the_moment_they_go_forward()
        => Assert.Equal(
            ["Sat 2026-03-28 02:30 +01:00", "Sun 2026-03-29 03:00 +02:00", "Mon 2026-03-30 02:30 +02:00"],
            Shown("30 2 * * *", "Europe/Berlin", new DateTimeOffset(2026, 3, 27, 12, 0, 0, TimeSpan.Zero), 3));

    [Fact]
    public void Time_that_clocks_show_twice_in_autumn_comes_once()
        => Assert.Equal(
            ["Sat 2026-10-24 02:30 +02:00", "Sun 2026-10-25 02:30 +02:00", "Mon 2026-10-26 02:30 +01:00"],
            Shown("30 2 * * *", "Europe/Berlin", new DateTimeOffset(2026, 10, 23, 12, 0, 0, TimeSpan.Zero), 3));

    [Fact]
    public void Every_hour_is_every_hour_also_when_clocks_go_back()
        => Assert.Equal(
            ["Sun 2026-10-25 01:30 +02:00", "Sun 2026-10-25 02:30 +02:00", "Sun 2026-10-25 02:30 +01:00", "Sun 2026-10-25 03:30 +01:00"],
            Shown("30 * * * *", "Europe/Berlin", new DateTimeOffset(2026, 10, 24, 23, 0, 0, TimeSpan.Zero), 4));

    [Theory]
    [InlineData("0 3 * * 0", "Sun 2026-11-22 03:00 +00:00")]
    [InlineData("0 3 * * 7", "Sun 2026-11-22 03:00 +00:00")]
    [InlineData("0 0 3 ? * SUN", "Sun 2026-11-22 03:00 +00:00")]
    [InlineData("0 0 3 ? * 1", "Sun 2026-11-22 03:00 +00:00")]
    [InlineData(" 15 6 1 * * ", "Tue 2026-12-01 06:15 +00:00")]
    [InlineData("30 15 6 1 12 ? 2027", "Wed 2027-12-01 06:15:30 +00:00")]
    [InlineData("@weekly", "Sun 2026-11-22 00:00 +00:00")]
    public void Expressions_are_those_of_crontab_and_of_Quartz(string cron, string first) => Assert.Equal(first, Assert.Single(Shown(cron, "UTC", friday, 1)));

    [Theory]
    [InlineData("hello", "fields")]
    [InlineData("61 3 * * *", "between 0 and 59")]
    [InlineData("0 3 30 2 *", "no time to come")]
    [InlineData("0 0 3 1 1 ? 2020", "no time to come")]
    [InlineData("", "''")]
    public void What_names_no_time_is_refused_with_the_reason(string cron, string reason)
    {
        var problem = Assert.Single(Assert.Throws<BadInputException>(() => CronTimes.Parse(cron, "UTC", friday)).Problems);
        Assert.Equal("--cron", problem.Where);
        Assert.Contains(reason, problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Zone_that_is_not_known_is_refused_with_what_was_probably_meant()
    {
        var problem = Assert.Single(Assert.Throws<BadInputException>(() => CronTimes.Parse("0 3 * * *", "Europe/Berln", friday)).Problems);
        Assert.Equal("--time-zone", problem.Where);
        Assert.Contains("'Europe/Berlin'", problem.Remedy, StringComparison.Ordinal);
    }

    private static string[] Shown(string cron, string zone, DateTimeOffset after, int count)
    {
        var times = CronTimes.Parse(cron, zone, after);
        return [.. times.AllAfter(after).Take(count).Select(times.Shown)];
    }
}
