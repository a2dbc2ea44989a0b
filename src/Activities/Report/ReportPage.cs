using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Report;

/// <summary>A page of a report: HTML that is well-formed XML too, with drawings, style and script inside. It needs no network, and links only to its neighbours.</summary>
/// <param name="FileName">Name of its file.</param>
/// <param name="Root">The page.</param>
public sealed record ReportPage(string FileName, XElement Root)
{
    /// <summary>What the file holds.</summary>
    public string Text() => HtmlWriter.Write(Root);

    /// <summary>The figures of the page, in its order.</summary>
    public IEnumerable<Figure> Figures => Root.Descendants("figure").Select(figure => figure.Annotation<Figure>()).OfType<Figure>();

    /// <summary>A page of a survey's report.</summary>
    /// <param name="model">The survey.</param>
    /// <param name="fileName">Name of the page's file.</param>
    /// <param name="title">Its title.</param>
    /// <param name="places">Anchors on the page with their names, for the second line of its navigation.</param>
    /// <param name="content">What the page holds, from its first heading on.</param>
    internal static ReportPage Of(ReportModel model, string fileName, string title, IReadOnlyList<(string Anchor, string Name)> places, params object?[] content) => new(fileName, new XElement("html", Html.At("lang", "en"), Head(title),
        new XElement("body",
            Html.Tag("a", "skip", Html.At("href", "#main"), "Skip to the result"),
            SiteNavigation.Draw(model, fileName, places),
            Html.Tag("main", null, Html.At("id", "main"), content),
            new XElement("footer", Html.Tag("p", "fine", $"{Signature(model, fileName)}. Written by ClusterSurvey.")),
            Tip(),
            new XElement("script", Script.Text))));

    // The survey's page tells of the run; the others show what the run found, and are the same after every run that finds it.
    private static string Signature(ReportModel model, string fileName) => fileName == ReportNames.Survey ? $"{model.SurveyName}, {model.Date}" : model.SurveyName;

    /// <summary>The head of a page that needs no network.</summary>
    internal static XElement Head(string title) => new("head",
        new XElement("meta", Html.At("charset", "utf-8")),
        new XElement("meta", Html.At("name", "viewport"), Html.At("content", "width=device-width, initial-scale=1")),
        new XElement("meta", Html.At("name", "color-scheme"), Html.At("content", "light dark")),
        new XElement("meta", Html.At("http-equiv", "Content-Security-Policy"), Html.At("content", "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'")),
        new XElement("title", title),
        new XElement("style", Stylesheet.Text));

    /// <summary>The button that turns a page dark or light.</summary>
    internal static XElement ThemeButton() => Html.Tag("button", null, Html.At("type", "button"), Html.At("id", "theme"), "Dark / light");

    /// <summary>Where the words beside the pointer appear.</summary>
    internal static XElement Tip() => Html.Tag("div", null, Html.At("id", "tip"), Html.At("role", "status"), Html.At("hidden", "hidden"));
}
