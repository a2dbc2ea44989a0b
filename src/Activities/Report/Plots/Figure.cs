using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>A drawing, or several side by side, with the words that say what it shows and the numbers behind it.</summary>
/// <param name="Drawings">What is drawn.</param>
/// <param name="Caption">What it shows, as rich text.</param>
/// <param name="Data">The numbers; null when they stand elsewhere in the page.</param>
/// <param name="IsWide">True for a drawing that scrolls sideways on a small screen, false for one that shrinks.</param>
public sealed record Figure(IReadOnlyList<XElement> Drawings, string Caption, DataTable? Data = null, bool IsWide = false)
{
    public XElement Draw()
    {
        var drawings = Html.Tag("div", "draw", Drawings);
        return Html.Tag("figure", IsWide ? "wide" : null, IsWide ? Html.ScrollBox(drawings, "Figure") : drawings,
            new XElement("figcaption", RichText.ToHtml(Caption)), Data?.Draw());
    }
}
