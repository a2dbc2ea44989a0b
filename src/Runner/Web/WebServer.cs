using ClusterSurvey.Activities.Declaration;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Health;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Schedules;
using ClusterSurvey.Runner.Schedules.Notification;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Runner.Web.Pages;
using ClusterSurvey.Runner.Web.Samples;
using ClusterSurvey.Runner.Web.Security;
using ClusterSurvey.Workflows;
using ClusterSurvey.Workflows.Ledger;
using ClusterSurvey.Workflows.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;

namespace ClusterSurvey.Runner.Web;

/// <summary>The web application of a folder of runs: the designer with its REST face, and our own pages.</summary>
public sealed class WebServer : IAsyncDisposable
{
    /// <summary>Where Elsa Studio finds its server.</summary>
    public const string ApiPath = "/elsa/api";

    // The largest thing that is sent to us, samples apart, is a definition: those that ship have some tens of kilobytes.
    private const long LargestBody = 4 << 20;

    private readonly WebApplication app;
    private readonly RunLedger ledger;
    private readonly BackgroundRuns runs;

    private WebServer(WebApplication app, RunLedger ledger, BackgroundRuns runs) => (this.app, this.ledger, this.runs) = (app, ledger, runs);

    /// <summary>The address under which it is reached.</summary>
    public string Address => app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    /// <summary>Starts to listen, and takes up runs that a server before it left unfinished.</summary>
    /// <exception cref="BadInputException">The address cannot be listened on.</exception>
    public static async Task<WebServer> Start(RunHome home, ListenAddress address, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(home);
        ArgumentNullException.ThrowIfNull(address);
        var ledger = home.OpenLedger();
        var runs = new BackgroundRuns(home, ledger, time);
        var server = new WebServer(Build(home, address, ledger, runs, time), ledger, runs);
        try
        {
            await server.app.StartAsync(cancellation);
            return server;
        }
        catch (IOException taken)
        {
            await server.DisposeAsync();
            throw new BadInputException("--urls", $"{address}, which cannot be listened on ({taken.InPlainWords()})", "a free address", "stop the other program, or choose another port", taken);
        }
    }

    /// <summary>Waits until the server is told to stop.</summary>
    public async Task WaitForStop(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
        await Task.Delay(Timeout.Infinite, stop.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        runs.Dispose();
        ledger.Dispose();
    }

    private static WebApplication Build(RunHome home, ListenAddress address, RunLedger ledger, BackgroundRuns runs, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders().AddSerilog();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(address.Address, address.Port);
        });
        builder.Services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = LargestBody);
        builder.Services.Configure<RouteOptions>(options => options.LowercaseUrls = true);
        var checks = builder.Services.AddReadiness(home, ledger, time);
        if (home.IsShared) checks.AddWorkers(home.JobsIn(ledger), time);
        ScheduleTriggers.AddTo(builder.Services, new ScheduledRuns(home, ledger, runs, time), new Notices(home, ledger, time));
        var app = builder.Build();
        app.Use(SecurityHeaders.Add);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Explain, AllowStatusCode404Response = true });
        var keys = new ApiKeys(ledger, time);
        var sessions = new WebSessions(keys, time);
        app.Use(new RequestGuard(address.IsLoopback, keys, sessions).Check);
        app.UseRouting();
        new SignIn(sessions).Map(app);
        app.MapReadiness();
        var definitions = new DefinitionStore(ledger, time);
        var samples = new OwnSamples(home, time);
        new StudioApi(definitions, ledger, StepCatalog.Shipped, runs, new DesignerChoices(samples).Of).Map(app.MapGroup(ApiPath));
        new SitePages(home, ledger, definitions, runs, samples, time).Map(app);
        return app;
    }

    // What went wrong is told on the terminal of the server; to the outside, only that it did.
    private static async Task Explain(HttpContext http)
    {
        var failure = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        http.Response.StatusCode = failure switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            BadInputException => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status500InternalServerError,
        };
        var message = failure switch
        {
            BadHttpRequestException => "The request cannot be read: it is too large, or damaged.",
            BadInputException bad => bad.Message,
            _ => "Something went wrong on the server; its terminal says what.",
        };
        if (failure is not (null or BadHttpRequestException or BadInputException)) Output.Error($"{http.Request.Method} {http.Request.Path}: {failure.GetType().Name}: {failure.Message}{Environment.NewLine}{failure.StackTrace}");
        if (http.Request.Path.StartsWithSegments(ApiPath) || !http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)) await http.Response.WriteAsync(message + "\n", http.RequestAborted);
        else await ErrorPage.Show(http.Response.StatusCode, message).ExecuteAsync(http);
    }
}
