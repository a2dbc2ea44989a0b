using ClusterSurvey.Runner.Schedules;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Tests.Schedules;

public sealed class DueFireTests
{
    private static readonly DateTimeOffset due = new(2026, 11, 25, 3, 0, 0, TimeSpan.Zero);
    private static readonly CronTimes nightly = CronTimes.Read("0 3 * * *", "UTC"), everySecond = CronTimes.Read("* * * * * ?", "UTC");

    [Theory]
    [InlineData(MisfirePolicy.Run)]
    [InlineData(MisfirePolicy.Skip)]
    public void What_is_on_time_runs_and_is_due_again_tomorrow(MisfirePolicy policy)
        => Assert.Equal(new DueFire(due, 0, IsToRun: true, due.AddDays(1)), DueFire.At(due, due.AddSeconds(3), policy, nightly));

    [Fact]
    public void After_a_week_one_run_stands_for_all_that_were_missed()
        => Assert.Equal(new DueFire(due.AddDays(6), 7, IsToRun: true, due.AddDays(7)), DueFire.At(due, due.AddDays(6).AddHours(10), MisfirePolicy.Run, nightly));

    [Fact]
    public void After_a_week_nothing_runs_where_misses_are_given_up()
        => Assert.Equal(new DueFire(due.AddDays(6), 7, IsToRun: false, due.AddDays(7)), DueFire.At(due, due.AddDays(6).AddHours(10), MisfirePolicy.Skip, nightly));

    [Fact]
    public void Time_that_has_just_come_is_on_time_whatever_was_missed_before()
        => Assert.Equal(new DueFire(due.AddDays(6), 6, IsToRun: true, due.AddDays(7)), DueFire.At(due, due.AddDays(6).AddSeconds(20), MisfirePolicy.Skip, nightly));

    [Fact]
    public void However_many_were_missed_it_is_told_at_once()
    {
        var fire = DueFire.At(due, due.AddDays(30), MisfirePolicy.Run, everySecond);
        Assert.Equal(due.AddDays(30), fire.DueAt);
        Assert.Equal(due.AddDays(30).AddSeconds(1), fire.Next);
        Assert.InRange(fire.Missed, 10_000, 10_001);
    }

    [Fact]
    public void What_is_never_due_again_has_no_next_time()
        => Assert.Null(DueFire.At(due, due, MisfirePolicy.Run, CronTimes.Read("0 0 3 25 11 ? 2026", "UTC")).Next);
}
