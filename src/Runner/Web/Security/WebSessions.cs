using System.Collections.Concurrent;
using System.Security.Cryptography;
using ClusterSurvey.Workflows.Ledger;

namespace ClusterSurvey.Runner.Web.Security;

/// <summary>Browsers that have shown a key. They hold a token of their own, not the key; it ends with the day's work, the key or the server.</summary>
public sealed class WebSessions(ApiKeys keys, TimeProvider time)
{
    /// <summary>The name of the cookie that holds the token.</summary>
    public const string Cookie = "clustersurvey-session";

    private const int TokenBytes = 32;

    private static readonly TimeSpan lifetime = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, (string Name, DateTimeOffset Until)> sessions = new(StringComparer.Ordinal);

    /// <summary>Begins a session for a key.</summary>
    /// <returns>Its token; null when the key is none of ours.</returns>
    public string? Begin(string key)
    {
        if (keys.NameOf(key) is not { } name) return null;
        foreach (var (known, session) in sessions)
            if (session.Until < time.GetUtcNow()) sessions.TryRemove(known, out _);
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        sessions[token] = (name, time.GetUtcNow() + lifetime);
        return token;
    }

    /// <summary>The name of the key of a session; null when there is no such session any more.</summary>
    public string? NameOf(string token)
    {
        if (!sessions.TryGetValue(token, out var session) || session.Until < time.GetUtcNow()) return null;
        return keys.All.Any(key => key.Name == session.Name) ? session.Name : null;
    }

    public void End(string token) => sessions.TryRemove(token, out _);
}
