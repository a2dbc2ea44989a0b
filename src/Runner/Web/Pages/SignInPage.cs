using System.Xml.Linq;
using ClusterSurvey.Runner.Web.Security;
using Microsoft.AspNetCore.Http;
using static ClusterSurvey.Activities.Report.Markup.Html;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>Asks for a key.</summary>
internal static class SignInPage
{
    public static IResult Show(string? to, bool wasWrong) => Layout.Page("Sign in", null,
    [
        wasWrong ? Tag("p", "problem", At("role", "alert"), "This key is not known here. It may have been revoked.") : null,
        Tag("form", "fields", At("method", "post"), At("action", SignIn.Path),
            new XElement("input", At("type", "hidden"), At("name", "to"), At("value", to ?? "/")),
            Tag("div", "field", new XElement("label", At("for", "key"), "Key"),
                new XElement("input", At("id", "key"), At("name", "key"), At("type", "password"), At("autocomplete", "current-password"), At("required", "required"), At("aria-describedby", "key-help")),
                Tag("p", "fine", At("id", "key-help"), "Whoever runs this server makes keys with: clustersurvey keys create NAME")),
            new XElement("button", At("type", "submit"), "Sign in")),
    ], wasWrong ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);
}
