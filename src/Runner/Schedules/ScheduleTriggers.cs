using ClusterSurvey.Runner.Schedules.Notification;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace ClusterSurvey.Runner.Schedules;

/// <summary>The scheduler's triggers, made anew from the schedules of the ledger: the scheduler keeps nothing that outlives it.</summary>
internal sealed class ScheduleTriggers
{
    private const string Group = "schedules";

    private static readonly TimeSpan period = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>Adds a scheduler to a host that looks at the schedules as long as the host is there.</summary>
    public static void AddTo(IServiceCollection services, ScheduledRuns runs, Notices notices) => services
        .AddSingleton(runs)
        .AddSingleton(notices)
        .AddSingleton<ScheduleTriggers>()
        .AddQuartz(scheduler => scheduler
            .AddJob<ScheduleJob>(job => job.WithIdentity(ScheduleJob.Key).StoreDurably())
            .AddTrigger(trigger => trigger.ForJob(ScheduleJob.Key).WithIdentity("look").StartNow().WithSimpleSchedule(period, null))
            .AddJob<NoticeJob>(job => job.WithIdentity(NoticeJob.Key).StoreDurably())
            .AddTrigger(trigger => trigger.ForJob(NoticeJob.Key).WithIdentity("tell").StartNow().WithSimpleSchedule(period, null)))
        .AddQuartzHostedService(host => host.WaitForJobsToComplete = true);

    /// <summary>Brings the triggers in line with the schedules.</summary>
    public async Task Align(IScheduler scheduler, IReadOnlyList<ScheduleRow> rows, CancellationToken cancellation)
    {
        var wanted = rows.Where(row => row.DueAt is not null).ToDictionary(row => row.Name, row => $"{row.TimeZone} {row.Cron}", StringComparer.Ordinal);
        foreach (var name in known.Keys.Where(name => wanted.GetValueOrDefault(name) != known[name]).ToList())
        {
            await scheduler.UnscheduleJob(new TriggerKey(name, Group), cancellation);
            known.Remove(name);
        }
        foreach (var row in rows.Where(row => row.DueAt is not null && !known.ContainsKey(row.Name)))
        {
            await scheduler.ScheduleJob(TriggerBuilder.Create().WithIdentity(row.Name, Group).ForJob(ScheduleJob.Key).WithCronSchedule(ScheduleTexts.TimesOf(row)!.ForTrigger()).Build(), cancellationToken: cancellation);
            known[row.Name] = wanted[row.Name];
        }
    }
}
