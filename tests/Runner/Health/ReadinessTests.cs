using System.Net;
using System.Text.Json.Nodes;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Health;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Runner.Tests.Schedules;
using ClusterSurvey.Runner.Web;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClusterSurvey.Runner.Tests.Health;

/// <summary>What a server and a worker tell those who watch over them.</summary>
public sealed class ReadinessTests : IDisposable
{
    private static readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    private readonly ScratchFolder folder = new();
    private readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false });

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_server_tells_without_a_key_whether_it_lives_and_is_ready_and_nothing_else()
    {
        await using var server = await WebServer.Start(new RunHome(folder.Path), new ListenAddress(IPAddress.Any, 0), TimeProvider.System, cancellation);
        var address = server.Address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);

        Assert.Equal((HttpStatusCode.Unauthorized, false), await Ask(address + "/runs"));
        Assert.Equal((HttpStatusCode.OK, true), await Ask(address + "/health", "alive"));
        Assert.Equal((HttpStatusCode.OK, true), await Ask(address + "/ready", "ready", ("database", "ready"), ("artifacts", "ready")));
        Assert.Empty(Directory.EnumerateFiles(folder[".artifacts"], ".ready*"));
        await Break(address);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), await Ask(address + "/ready", "not ready", ("database", "ready"), ("artifacts", "not ready")));
        Assert.Equal((HttpStatusCode.OK, true), await Ask(address + "/health", "alive"));
    }

    [Fact]
    public async Task Too_little_room_and_a_database_that_has_gone_are_told()
    {
        var home = new RunHome(folder.Path);
        using var ledger = home.OpenLedger();
        var store = home.OpenStore().Root;
        Assert.Equal(HealthStatus.Unhealthy, await StatusOf(new ArtifactFolderCheck(store, long.MaxValue)));
        Assert.Equal(HealthStatus.Healthy, await StatusOf(new ArtifactFolderCheck(store, 1)));
        Assert.Equal(HealthStatus.Healthy, await StatusOf(new DatabaseCheck(ledger)));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(folder.Path, ".ledger.db*")) File.Delete(file);
        Directory.CreateDirectory(folder[".ledger.db"]);
        Assert.Equal(HealthStatus.Unhealthy, await StatusOf(new DatabaseCheck(ledger)));
        Directory.Delete(folder[".ledger.db"]);
    }

    [Fact]
    public async Task Workers_that_are_silent_make_a_server_degraded()
    {
        var clock = new HandClock(new DateTimeOffset(2026, 11, 28, 3, 0, 0, TimeSpan.Zero));
        using var ledger = new RunHome(folder.Path).OpenLedger();
        var book = new JobBook(ledger, "h");
        var check = new WorkersCheck(book, clock);
        Assert.Equal(HealthStatus.Degraded, await StatusOf(check));
        book.Beat(new NodeRow { Name = "n", Home = "h", Machine = "m", ProcessId = 1, Slots = 1, StartedAt = clock.GetUtcNow(), HeartbeatAt = clock.GetUtcNow() });
        Assert.Equal(HealthStatus.Healthy, await StatusOf(check));
        clock.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(HealthStatus.Degraded, await StatusOf(check));
    }

    [Fact]
    public async Task What_hangs_is_asked_once_and_not_waited_for()
    {
        var hanging = new Hanging();
        var check = new RecentCheck(hanging, TimeSpan.FromMilliseconds(50), TimeProvider.System);
        Assert.Equal([HealthStatus.Unhealthy, HealthStatus.Unhealthy, HealthStatus.Unhealthy], await Task.WhenAll(StatusOf(check), StatusOf(check), StatusOf(check)));
        Assert.Equal(HealthStatus.Unhealthy, await StatusOf(check));
        Assert.Equal(1, hanging.Asked);
        hanging.Go.Set();
    }

    [Fact]
    public async Task A_worker_tells_on_loopback_when_its_variable_names_a_port()
    {
        var since = TimeSpan.FromSeconds(1);
        using var ledger = new RunHome(folder.Path).OpenLedger();
        var (listener, address) = await HealthPort.Open(0, services => services.AddReadiness(new RunHome(folder.Path), ledger, TimeProvider.System).AddCheck("check-in", new CheckInCheck(() => since, TimeSpan.FromSeconds(30))), cancellation);
        await using (listener)
        {
            Assert.StartsWith("http://127.0.0.1:", address, StringComparison.Ordinal);
            Assert.Equal((HttpStatusCode.OK, true), await Ask(address + "/ready", "ready", ("database", "ready"), ("artifacts", "ready"), ("check-in", "ready")));
            since = TimeSpan.FromSeconds(31);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true), await Ask(address + "/ready", "not ready", ("database", "ready"), ("artifacts", "ready"), ("check-in", "not ready")));
            var port = new Uri(address).Port;
            Assert.Contains($"{HealthPort.Variable}: found {port}, which cannot be listened on", (await Assert.ThrowsAsync<BadInputException>(() => HealthPort.Open(port, services => services.AddHealthChecks(), cancellation))).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("5090", 5090)]
    public void Port_is_that_of_the_variable(string? text, int? port) => Assert.Equal(port, HealthPort.Of(text));

    [Theory]
    [InlineData("70000")]
    [InlineData("-1")]
    [InlineData("http")]
    public void What_is_no_port_is_refused(string text) => Assert.StartsWith($"{HealthPort.Variable}: found '{text}'", Assert.Throws<BadInputException>(() => HealthPort.Of(text)).Message, StringComparison.Ordinal);

    // What is known a second long may stand that long.
    private async Task Break(string address)
    {
        Directory.Delete(folder[".artifacts"], recursive: true);
        while ((await client.GetAsync(address + "/ready", cancellation)).IsSuccessStatusCode) await Task.Delay(50, cancellation);
    }

    private async Task<(HttpStatusCode Status, bool TellsNoMore)> Ask(string address, string? status = null, params (string Name, string Status)[] checks)
    {
        using var answer = await client.GetAsync(address, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        if (status is null) return (answer.StatusCode, false);
        var told = JsonNode.Parse(text)!;
        Assert.Equal(status, told["status"]!.GetValue<string>());
        Assert.Equal(checks, (told["checks"]?.AsObject() ?? []).Select(check => (check.Key, check.Value!["status"]!.GetValue<string>())));
        return (answer.StatusCode, !text.Contains(folder.Path, StringComparison.Ordinal) && !text.Contains(Environment.MachineName, StringComparison.Ordinal) && !text.Contains("Exception", StringComparison.Ordinal));
    }

    private static async Task<HealthStatus> StatusOf(IHealthCheck check) => (await check.CheckHealthAsync(new HealthCheckContext(), cancellation)).Status;

    private sealed class Hanging : IHealthCheck
    {
        public ManualResetEventSlim Go { get; } = new();

        public int Asked { get; private set; }

        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            Asked++;
            Go.Wait(CancellationToken.None);
            return Task.FromResult(HealthCheckResult.Healthy());
        }
    }
}
