using Microsoft.AspNetCore.Http;

namespace ClusterSurvey.Runner.Web.Security;

/// <summary>What browsers are told to forbid.</summary>
internal static class SecurityHeaders
{
    // Two scripts stand in the designer's own markup (hotkeys of the editor, and of the list of instances); their hashes are derived anew when the designer is upgraded.
    private const string StudioInlineScripts = "'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='";

    /// <summary>For our own pages: nothing but what this server sends.</summary>
    public const string Pages = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>For the designer: WebAssembly, styles in its markup, workers made from its own scripts.</summary>
    public const string Studio =
        $"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {StudioInlineScripts}; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; object-src 'none'; form-action 'self'; base-uri 'self'; frame-ancestors 'self'";

    /// <summary>For reports: pages with scripts and styles of their own, kept apart from everything else that this server offers; files of figures can be saved.</summary>
    public const string Report = "sandbox allow-scripts allow-popups allow-downloads; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    public static Task Add(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "SAMEORIGIN";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/studio") ? Studio : Pages;
        return next(http);
    }
}
