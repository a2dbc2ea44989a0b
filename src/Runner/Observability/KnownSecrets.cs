using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClusterSurvey.Activities.Declaration;
using Npgsql;

namespace ClusterSurvey.Runner.Observability;

/// <summary>Takes secrets out of what is written down: those that this process has been given, and whatever has the form of one.</summary>
internal static partial class KnownSecrets
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mark = "***";

    // A shorter word would be struck out of words that it is a part of.
    private const int Shortest = 6;

    private static readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal);

    /// <summary>Has a secret struck out from now on.</summary>
    public static void Add(string secret)
    {
        if (secret.Length < Shortest) return;
        known[secret] = true;
        // As it stands in JSON, of one writer or another, and in an address.
        known[JsonSerializer.Serialize(secret)[1..^1]] = true;
        known[JsonSerializer.Serialize(secret, SurveyJson.Options)[1..^1]] = true;
        known[Uri.EscapeDataString(secret)] = true;
    }

    /// <summary>Has the password of a connection string struck out.</summary>
    public static void AddPasswordOf(string connection)
    {
        if (new NpgsqlConnectionStringBuilder(connection).Password is { } password) Add(password);
    }

    /// <summary>A text without secrets. Of addresses of the web only the host stays: their paths are keys as often as not.</summary>
    public static string TakeOutOf(string text)
    {
        foreach (var secret in known.Keys.OrderByDescending(secret => secret.Length)) text = text.Replace(secret, Mark, StringComparison.Ordinal);
        text = Key().Replace(text, Mark);
        text = Password().Replace(text, $"$1{Mark}");
        text = Authorization().Replace(text, $"$1{Mark}");
        text = UserPassword().Replace(text, $"$1{Mark}");
        return Address().Replace(text, address => $"{address.Groups["scheme"].Value}{address.Groups["host"].Value}{(address.Groups["path"].Length > 1 ? $"/{Mark}" : address.Groups["path"].Value)}");
    }

    [GeneratedRegex("cs_[0-9a-f]{64}")]
    private static partial Regex Key();

    [GeneratedRegex(@"(\b(?:password|pwd|psw)\s*=\s*)[^;\s""\\]+", RegexOptions.IgnoreCase)]
    private static partial Regex Password();

    [GeneratedRegex(@"(\b(?:ApiKey|Bearer|Basic)\s+)[A-Za-z0-9+/=._-]{8,}", RegexOptions.IgnoreCase)]
    private static partial Regex Authorization();

    // The password in an address of any scheme, as some write that of a database.
    [GeneratedRegex(@"(\b[a-z][a-z0-9+.-]*://[^\s/:@""\\]*:)[^\s/@""\\]+(?=@)", RegexOptions.IgnoreCase)]
    private static partial Regex UserPassword();

    [GeneratedRegex(@"(?<scheme>https?://)(?:[^\s""/@\\]*@)?(?<host>[^\s""/?#\\;,]+)(?<path>[/?#][^\s""\\;,]*)?", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
