using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;
using ClusterSurvey.Activities.Report.Sections;

namespace ClusterSurvey.Activities.Report;

/// <summary>The report of a survey as one page that needs no network.</summary>
public static class ReportPage
{
    /// <summary>The page: HTML that is well-formed XML too, with drawings, style and script inside.</summary>
    public static string Render(ReportModel model) => HtmlWriter.Write(new XElement("html", Html.At("lang", "en"), Head($"{model.SurveyName} – ClusterSurvey report"), Body(model)));

    /// <summary>The head of a page that needs no network.</summary>
    internal static XElement Head(string title) => new("head",
        new XElement("meta", Html.At("charset", "utf-8")),
        new XElement("meta", Html.At("name", "viewport"), Html.At("content", "width=device-width, initial-scale=1")),
        new XElement("meta", Html.At("name", "color-scheme"), Html.At("content", "light dark")),
        new XElement("meta", Html.At("http-equiv", "Content-Security-Policy"), Html.At("content", "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'")),
        new XElement("title", title),
        new XElement("style", Stylesheet.Text));

    private static XElement Body(ReportModel model) => new("body",
        Html.Tag("a", "skip", Html.At("href", "#result"), "Skip to the result"),
        Navigation(model),
        new XElement("main", HeadSection.Draw(model), RadialSection.Draw(model), RegionsSection.Draw(model), SubsamplesSection.Draw(model), PopulationSection.Draw(model), TrendsSection.Draw(model), ClustersSection.Draw(model),
            FailuresSection.Draw(model.Failures), MethodsSection.Draw(model), ProvenanceSection.Draw(model.Provenance)),
        new XElement("footer", Html.Tag("p", "fine", $"{model.SurveyName}, {model.Date}. Written by ClusterSurvey.")),
        Tip(),
        new XElement("script", Script.Text));

    private static XElement Navigation(ReportModel model)
    {
        (string Anchor, string Name)[] sections = [("result", "Result"), ("radial", "Radius"), ("regions", "Regions"), ("subsamples", "Sub-samples"), ("population", "Population"), ("trends", "Trends"), ("clusters", "Clusters"), ("failures", "Set aside"), ("methods", "Method"), ("provenance", "Provenance")];
        return Html.Tag("nav", null, Html.At("aria-label", "Sections"),
            sections.Where(section => section.Anchor switch { "failures" => model.Failures.Count > 0, "subsamples" => SubsamplesSection.IsIn(model), "population" => model.Populations.Count > 0, "trends" => TrendsSection.IsIn(model), _ => true }).Select(section => Html.Tag("a", null, Html.At("href", "#" + section.Anchor), section.Name)),
            ThemeButton());
    }

    /// <summary>The button that turns a page dark or light.</summary>
    internal static XElement ThemeButton() => Html.Tag("button", null, Html.At("type", "button"), Html.At("id", "theme"), "Dark / light");

    /// <summary>Where the words beside the pointer appear.</summary>
    internal static XElement Tip() => Html.Tag("div", null, Html.At("id", "tip"), Html.At("role", "status"), Html.At("hidden", "hidden"));
}
