using ClusterSurvey.Runner.Health;
using ClusterSurvey.Workflows.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ClusterSurvey.Runner.Web.Security;

/// <summary>
/// Lets in what may come in. On loopback no key is asked for, but a request must name this very server as its host and come from its own pages:
/// so no other web site can use the browser of somebody who has this open (DNS rebinding, cross-site requests). On any other address a key is asked for.
/// </summary>
public sealed class RequestGuard(bool isLoopback, ApiKeys keys, WebSessions sessions)
{
    private static readonly HashSet<string> loopbackNames = new(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]" };

    // What can be seen before a key was shown: the form that asks for it, and whether the server is well.
    private static readonly HashSet<string> open = new(StringComparer.Ordinal) { Readiness.HealthPath, Readiness.ReadyPath, SignIn.Path, "/site.css", "/site.js", "/favicon.svg" };

    /// <summary>Passes a request on, or refuses it.</summary>
    public async Task Check(HttpContext http, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(next);
        if (isLoopback && !NamesThisServer(http)) await Refuse(http, StatusCodes.Status421MisdirectedRequest, "This server answers only to its own name: use the address that it printed when it started.");
        else if (!ComesFromHere(http.Request)) await Refuse(http, StatusCodes.Status403Forbidden, "This request comes from another web site and was not carried out.");
        else if (isLoopback || open.Contains(http.Request.Path) || IsKnown(http.Request)) await next(http);
        else if (http.Request.Headers["Sec-Fetch-Site"] == "cross-site" && HttpMethods.IsGet(http.Request.Method)) await OpenAgain(http);
        else await AskForKey(http);
    }

    private static bool NamesThisServer(HttpContext http)
        => loopbackNames.Contains(http.Request.Host.Host) && http.Request.Host.Port is var port && (port ?? 80) == http.Connection.LocalPort;

    private static bool ComesFromHere(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0) return origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        // Browsers tell where a request comes from even where they send no origin; a link from elsewhere may open a page.
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "" or "same-origin" or "none") return true;
        return HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document";
    }

    private bool IsKnown(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        foreach (var scheme in (string[])["ApiKey ", "Bearer "])
            if (authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return keys.NameOf(authorization[scheme.Length..].Trim()) is not null;
        return request.Cookies.TryGetValue(WebSessions.Cookie, out var token) && sessions.NameOf(token) is not null;
    }

    // Links of a report come from its sandbox, which is another site to the browser: it sends no cookie. Opened again by a page of ours, the same address is asked for with it.
    private static Task OpenAgain(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync("<!DOCTYPE html><html lang=\"en\"><head><meta http-equiv=\"refresh\" content=\"0\"><title>ClusterSurvey</title></head><body></body></html>\n", http.RequestAborted);
    }

    private static Task AskForKey(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            http.Response.Redirect($"{SignIn.Path}?to={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
            return Task.CompletedTask;
        }
        http.Response.Headers[HeaderNames.WWWAuthenticate] = "ApiKey";
        return Refuse(http, StatusCodes.Status401Unauthorized, "A key is asked for: send it as 'Authorization: ApiKey KEY', or sign in in the browser.");
    }

    private static Task Refuse(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(message + "\n", http.RequestAborted);
    }
}
