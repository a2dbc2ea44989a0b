using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>
/// A drawing, or several side by side, with the words that say what it shows and the numbers behind it. In a page it has links to its files: the drawing as SVG and PDF, the numbers as CSV.
/// </summary>
/// <param name="Drawings">What is drawn.</param>
/// <param name="Caption">What it shows, as rich text.</param>
/// <param name="Data">The numbers that are drawn; the figure has the name of their file.</param>
/// <param name="IsWide">True for a drawing that scrolls sideways on a small screen, false for one that shrinks.</param>
public sealed record Figure(IReadOnlyList<XElement> Drawings, string Caption, DataTable Data, bool IsWide = false)
{
    /// <summary>The folder of the files, beside the pages.</summary>
    public const string Folder = "figures";

    /// <summary>Name of the figure's files without their ending; no two figures of a report have the same.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Data.FileName);

    /// <summary>The figure as an element of a page. It carries the figure with it, so that its files can be written (<see cref="ReportPage.Figures"/>).</summary>
    public XElement Draw()
    {
        var drawings = Html.Tag("div", "draw", Drawings);
        var figure = Html.Tag("figure", IsWide ? "wide" : null, IsWide ? Html.ScrollBox(drawings, "Figure") : drawings, new XElement("figcaption", RichText.ToHtml(Caption)), Files(), Data.Fold());
        figure.AddAnnotation(this);
        return figure;
    }

    private XElement Files() => Html.Tag("p", "files", new[] { "SVG", "PDF", "CSV" }.Select(kind => new object[]
    {
        Html.Tag("a", null, Html.At("href", $"{Folder}/{Name}.{kind.ToLowerInvariant()}"), Html.At("aria-label", $"{Name} as {kind}"), kind), " ",
    }));
}
