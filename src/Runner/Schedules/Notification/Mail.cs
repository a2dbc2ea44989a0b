using System.Globalization;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;
using ClusterSurvey.Workflows.Ledger;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ClusterSurvey.Runner.Schedules.Notification;

/// <summary>Tells the end of a run by e-mail, through the server that the environment names: CLUSTERSURVEY_SMTP_HOST and so on.</summary>
internal static class Mail
{
    private const string Variable = "CLUSTERSURVEY_SMTP_";
    private const int DefaultPort = 587;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(15);

    private static readonly Dictionary<string, SecureSocketOptions> securities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["starttls"] = SecureSocketOptions.StartTls, ["tls"] = SecureSocketOptions.SslOnConnect, ["none"] = SecureSocketOptions.None,
    };

    /// <exception cref="BadInputException">The environment names no server, or not how to reach it.</exception>
    public static async Task Send(string to, ScheduleFireRow fire, CancellationToken cancellation)
    {
        var (host, from) = (Needed("HOST"), Needed("FROM"));
        var (user, security) = (Secrets.Find($"{Variable}USER"), Security());
        if (user is not null && security == SecureSocketOptions.None) throw new BadInputException($"{Variable}SECURITY", "none", "starttls or tls where a password is sent", "choose one of them, or take the user's name away");
        using var message = Message(from, to, fire);
        using var client = new SmtpClient { Timeout = (int)patience.TotalMilliseconds };
        await client.ConnectAsync(host, Port(), security, cancellation);
        if (user is not null) await client.AuthenticateAsync(user, Secrets.Remember(Needed("PASSWORD")), cancellation);
        await client.SendAsync(message, cancellation);
        await client.DisconnectAsync(quit: true, cancellation);
    }

    private static MimeMessage Message(string from, string to, ScheduleFireRow fire)
    {
        var message = new MimeMessage { Subject = $"ClusterSurvey {fire.Schedule}: {ScheduleTexts.Outcome(fire.State)}" };
        message.From.Add(MailboxAddress.Parse(from));
        message.To.Add(MailboxAddress.Parse(to));
        string?[] lines =
        [
            $"The schedule {fire.Schedule}, planned for {CronTimes.ShownIn(TimeZoneInfo.Utc, fire.DueAt)}: {ScheduleTexts.Outcome(fire.State)}.",
            fire.Run is null ? null : $"Run: {Path.Combine(fire.Home, fire.Run)}", fire.Missed > 0 ? string.Create(CultureInfo.InvariantCulture, $"Planned times that passed before: {fire.Missed}") : null,
            fire.Message, fire.Changes is null ? null : $"What changed since {fire.ComparedWith}: {fire.Changes}",
        ];
        message.Body = new TextPart("plain") { Text = string.Join("\n\n", lines.OfType<string>()) + "\n" };
        return message;
    }

    private static string Needed(string name) => Secrets.Find(Variable + name) ?? throw new BadInputException(Variable + name, "nothing", "e-mail: the variables CLUSTERSURVEY_SMTP_HOST and _FROM, and _PASSWORD or _PASSWORD_FILE where there is a _USER", "set it where the server is started");

    private static int Port()
    {
        if (Secrets.Find($"{Variable}PORT") is not { } text) return DefaultPort;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port : throw new BadInputException($"{Variable}PORT", $"'{text}'", "a port", "correct the variable");
    }

    private static SecureSocketOptions Security()
    {
        var text = Secrets.Find($"{Variable}SECURITY") ?? "starttls";
        return securities.TryGetValue(text, out var security) ? security : throw new BadInputException($"{Variable}SECURITY", $"'{text}'", "starttls, tls or none", Spelling.Suggest(text, securities.Keys));
    }
}
