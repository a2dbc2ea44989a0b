using ClusterSurvey.Activities.Problems;
using MimeKit;

namespace ClusterSurvey.Runner.Schedules.Notification;

/// <summary>Where the end of a run is told: a web address that takes JSON, or <c>mailto:</c> with an e-mail address.</summary>
public static class NoticeAddress
{
    private const string Mail = "mailto:";

    private const string Expected = "an address as https://HOST/PATH, or mailto:NAME@HOST";

    /// <summary>The e-mail address; null for a web address.</summary>
    internal static string? MailOf(string address) => address.StartsWith(Mail, StringComparison.OrdinalIgnoreCase) ? address[Mail.Length..] : null;

    /// <summary>Refuses what is no address, and what tells a secret that would stand in the database and in lists.</summary>
    /// <exception cref="BadInputException">It is none of both.</exception>
    public static string Check(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (MailOf(address) is { } mail) return MailboxAddress.TryParse(mail, out _) ? address : throw Wrong(address, "correct the e-mail address");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)) throw Wrong(address, "correct the address");
        return uri.UserInfo.Length == 0 ? address : throw new BadInputException("--notify", "an address with a user's name or password", Expected, "name the secret instead of writing it: {env:NAME} or {file:PATH}");
    }

    private static BadInputException Wrong(string address, string remedy) => new("--notify", $"'{address}'", Expected, remedy);
}
