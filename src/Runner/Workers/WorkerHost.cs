using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Health;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using Serilog;

namespace ClusterSurvey.Runner.Workers;

/// <summary>A process that works at the jobs of a folder of runs, with a scheduler that it shares with the other nodes through the database.</summary>
internal static class WorkerHost
{
    private static readonly TimeSpan lookEvery = TimeSpan.FromSeconds(1);

    // A job that waits for a free slot is in the queue, and has missed nothing.
    private static readonly TimeSpan longestQueue = TimeSpan.FromDays(40);

    /// <summary>Works until it is told to stop.</summary>
    public static async Task Work(RunHome runs, int slots, Lease lease, TimeProvider time, CancellationToken cancellation)
    {
        var port = HealthPort.Here;
        var home = runs.OfNode(TimeSpan.FromSeconds(lease.Seconds));
        using var ledger = home.OpenLedger(RunHome.LongestAway);
        using var node = new WorkerNode(home, ledger, slots, lease, time);
        // What computes blocks the threads of the pool that it uses; the scheduler and the database driver need some too.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, 2 * Environment.ProcessorCount + 2 * slots + 8), completions);
        using var host = Build(home, node, lease);
        await using var health = port is { } number ? await Listen(number, home, ledger, node, lease, time, cancellation) : null;
        node.Watch();
        // The scheduler makes its tables when it starts.
        using (ledger.HoldSchema()) await host.StartAsync(cancellation);
        Output.Note($"node {node.Name}: {slots} slots, jobs of {home.Root}; Ctrl-C stops");
        try
        {
            await Watch(node, host.Services.GetRequiredService<ISchedulerFactory>(), cancellation);
        }
        finally
        {
            node.Stop();
            await host.StopAsync(CancellationToken.None);
        }
        node.SignOff();
    }

    private static async Task<WebApplication> Listen(int port, RunHome home, RunLedger ledger, WorkerNode node, Lease lease, TimeProvider time, CancellationToken cancellation)
    {
        var checkIn = new CheckInCheck(() => node.SinceCheckIn, TimeSpan.FromSeconds(lease.Seconds));
        var (listener, address) = await HealthPort.Open(port, services => services.AddReadiness(home, ledger, time).AddCheck("check-in", checkIn), cancellation);
        Output.Note($"health and readiness at {address}{Readiness.HealthPath} and {Readiness.ReadyPath}");
        return listener;
    }

    private static IHost Build(RunHome home, WorkerNode node, Lease lease)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders().AddSerilog();
        builder.Services.AddSingleton(node);
        builder.Services.AddQuartz(scheduler => scheduler
            .ConfigureScheduler(options =>
            {
                (options.InstanceName, options.InstanceId) = ($"clustersurvey-{node.Home}", node.Name);
                // What another node schedules is found by looking.
                options.IdleWaitTime = lookEvery;
            })
            .UseDefaultThreadPool(node.Slots)
            .UsePersistentStore(store => store
                .UsePostgres(home.Database!)
                .UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (lease.CheckIn, lease.Threshold))
                .ConfigureStore(options => (options.StoreJobDataAsStrings, options.MisfireThreshold) = (true, longestQueue))
                .ProvisionSchema()));
        builder.Services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        return builder.Build();
    }

    private static async Task Watch(WorkerNode node, ISchedulerFactory schedulers, CancellationToken cancellation)
    {
        var dispatch = new JobDispatch(await schedulers.GetScheduler(cancellation), node.Book);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await Task.Run(node.Watch, cancellation);
                await dispatch.Align(cancellation);
                await Task.Delay(lookEvery, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (SchedulerException away)
            {
                // It looks again; what is in the queue stays there.
                Output.Note($"scheduler: {away.InPlainWords()}");
            }
        }
    }
}
