using ClusterSurvey.Runner.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterSurvey.Runner.Web.Security;

/// <summary>The form that asks for a key.</summary>
internal sealed class SignIn(WebSessions sessions)
{
    public const string Path = "/sign-in";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (string? to) => SignInPage.Show(to, wasWrong: false));
        routes.MapPost(Path, (Delegate)Enter);
        routes.MapPost("/sign-out", (HttpContext http) =>
        {
            if (http.Request.Cookies.TryGetValue(WebSessions.Cookie, out var token)) sessions.End(token);
            http.Response.Cookies.Delete(WebSessions.Cookie);
            return Results.Redirect(Path);
        });
    }

    private async Task<IResult> Enter(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var to = form["to"].ToString();
        if (sessions.Begin(form["key"].ToString().Trim()) is not { } token) return SignInPage.Show(to, wasWrong: true);
        http.Response.Cookies.Append(WebSessions.Cookie, token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/" });
        // Only to pages of ours: never to where a link from elsewhere wants to lead.
        return Results.LocalRedirect(to.StartsWith('/') && !to.StartsWith("//", StringComparison.Ordinal) && !to.StartsWith("/\\", StringComparison.Ordinal) ? to : "/");
    }
}
