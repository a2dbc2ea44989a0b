using System.Globalization;
using System.Xml.Linq;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Report.Markup;
using Microsoft.AspNetCore.Http;
using static ClusterSurvey.Activities.Report.Markup.Html;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>What all pages have in common: head, navigation, the way they are sent.</summary>
internal static class Layout
{
    private static readonly (string Path, string Words)[] places = [("/runs", "Runs"), ("/start", "Start a run"), (SchedulesPage.Path, "Schedules"), (NodesPage.Path, "Nodes"), (StudioPages.Definitions, "Workflows"), (StudioPages.Instances, "Instances"), ("/samples", "Samples")];

    /// <summary>A page.</summary>
    /// <param name="title">Its title, which is also its heading.</param>
    /// <param name="place">The entry of the navigation to which it belongs; null for none.</param>
    /// <param name="content">What follows the heading.</param>
    /// <param name="status">The status of the answer.</param>
    public static IResult Page(string title, string? place, IEnumerable<object?> content, int status = StatusCodes.Status200OK)
        => Send(new XElement("html", At("lang", "en"),
            Head(title, new XElement("link", At("rel", "stylesheet"), At("href", "/site.css")), new XElement("script", At("src", "/site.js"), At("defer", "defer"))), new XElement("body",
            Tag("a", "skip", At("href", "#main"), "To the content"),
            Navigation(place, Tag("button", "theme", At("type", "button"), At("id", "theme"), At("hidden", "hidden"), "Light or dark")),
            new XElement("main", At("id", "main"), new XElement("h1", title), content))), status);

    public static IResult Send(XElement html, int status = StatusCodes.Status200OK) => Results.Content(HtmlWriter.Write(html), "text/html; charset=utf-8", null, status);

    /// <summary>The head of a page, with its styles and scripts.</summary>
    public static XElement Head(string title, params object?[] more) => new("head",
        new XElement("meta", At("charset", "utf-8")), new XElement("meta", At("name", "viewport"), At("content", "width=device-width, initial-scale=1")),
        new XElement("title", $"{title} - ClusterSurvey"), more,
        new XElement("link", At("rel", "icon"), At("type", "image/svg+xml"), At("href", "/favicon.svg")));

    public static XElement Navigation(string? place, params object?[] more) => Tag("nav", "main-nav", At("aria-label", "Main"),
        Tag("a", "brand", At("href", "/runs"), "ClusterSurvey"),
        places.Select(entry => new XElement("a", At("href", entry.Path), entry.Path == place ? At("aria-current", "page") : null, entry.Words)), more);

    /// <summary>A table in a box of its own that scrolls sideways.</summary>
    public static XElement Table(string label, IEnumerable<object> headings, IEnumerable<XElement> rows)
        => ScrollBox(new XElement("table", Headings(headings), new XElement("tbody", rows)), label);

    public static XElement Row(params object?[] cells) => new("tr", cells.Select(cell => cell is XElement { Name.LocalName: "th" or "td" } ? cell : new XElement("td", cell)));

    public static XElement Link(string href, params object?[] words) => new("a", At("href", href), words);

    /// <summary>A field of a form with its label, and what is to be known of it.</summary>
    public static XElement Field(string name, string label, string? help, XElement input)
        => Tag("div", "field", new XElement("label", At("for", name), label), input, help is null ? null : Tag("p", "fine", At("id", $"{name}-help"), help));

    /// <summary>What is wrong with a form that was sent; it takes the focus.</summary>
    /// <param name="problems">All of it.</param>
    /// <param name="consequence">What was therefore not done.</param>
    public static XElement? Problems(IReadOnlyList<Problem> problems, string consequence) => problems.Count == 0 ? null : Tag("div", "problem", At("role", "alert"), At("tabindex", "-1"), At("id", "problems"),
        new XElement("p", new XElement("b", problems.Count == 1 ? $"One thing is to be corrected; {consequence}." : string.Create(CultureInfo.InvariantCulture, $"{problems.Count} things are to be corrected; {consequence}."))),
        new XElement("ul", problems.Select(problem => new XElement("li", problem.ToString()))));

    /// <summary>A word in a coloured box, for how something stands.</summary>
    public static XElement Badge(string kind, string words) => Tag("span", $"badge {kind}", words);

    /// <summary>A button that sends a form without fields.</summary>
    public static XElement Action(string path, string words, string? question = null) => Tag("form", "action", At("method", "post"), At("action", path),
        question is null ? null : At("data-ask", question), new XElement("button", At("type", "submit"), words));
}
