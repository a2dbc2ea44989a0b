using System.Net.Sockets;
using System.Text.Json;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Runner.Runs;
using ClusterSurvey.Runner.Terminal;
using ClusterSurvey.Workflows.Ledger;
using MailKit;

namespace ClusterSurvey.Runner.Schedules.Notification;

/// <summary>Tells the ends of runs to whom the schedules name. What is to be told stands in the ledger until it was, so that a server that ends in between forgets nothing.</summary>
public sealed class Notices(RunHome home, RunLedger ledger, TimeProvider time)
{
    // Since the end of the run; after the last try it is given up.
    private static readonly TimeSpan[] tries = [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    private readonly ScheduleBook schedules = home.SchedulesIn(ledger);

    /// <summary>Sends what is to be sent now.</summary>
    public async Task Send(CancellationToken cancellation)
    {
        foreach (var fire in schedules.ToBeTold.Where(fire => time.GetUtcNow() >= fire.EndedAt + tries[fire.NoticeTries])) await Send(fire, cancellation);
    }

    private async Task Send(ScheduleFireRow fire, CancellationToken cancellation)
    {
        var (left, problems) = (new List<string>(), new List<string>());
        foreach (var address in JsonSerializer.Deserialize<string[]>(fire.NoticesLeft!)!)
        {
            if (await Problem(address, fire, cancellation) is not { } problem) continue;
            left.Add(address);
            problems.Add($"{address} was not told: {problem}");
        }
        var isGivenUp = fire.NoticeTries + 1 == tries.Length;
        var message = problems.Count == 0 ? null : string.Join("; ", problems);
        schedules.SetTold(fire.Id, left.Count == 0 || isGivenUp ? null : JsonSerializer.Serialize(left), message);
        if (message is not null && isGivenUp) Output.Error($"{fire.Schedule}: {message}");
    }

    // What a failure says names hosts and answers, and no address with its secrets in.
    private static async Task<string?> Problem(string address, ScheduleFireRow fire, CancellationToken cancellation)
    {
        try
        {
            if (NoticeAddress.MailOf(address) is { } mail) await Mail.Send(mail, fire, cancellation);
            else await Webhook.Send(address, fire, cancellation);
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "no answer in time";
        }
        catch (Exception wrong) when (wrong is BadInputException or IOException or HttpRequestException or SocketException or ProtocolException or CommandException or ServiceNotConnectedException
            or MailKit.Security.AuthenticationException or MailKit.Security.SslHandshakeException or NotSupportedException or TimeoutException)
        {
            return wrong.InPlainWords();
        }
    }
}
