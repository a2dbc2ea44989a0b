using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>A line of a plot of groups.</summary>
/// <param name="Name">Group and region.</param>
/// <param name="Values">One posterior per column, as many as there are labels.</param>
/// <param name="IsAccented">Drawn in the accent colour, to tell one region from the other.</param>
public sealed record GroupPlotRow(string Name, IReadOnlyList<PosteriorSummary> Values, bool IsAccented);

/// <summary>Quantities of groups side by side: one line per group and region, one column per quantity.</summary>
public sealed record GroupPlot(string Title, IReadOnlyList<(string Label, bool Logarithmic)> Columns, IReadOnlyList<GroupPlotRow> Rows)
{
    private const double Left = 190, Column = 160, Gap = 14, Top = 8, BottomRoom = 42, RowHeight = 18;
    private const int LongestName = 30;

    public XElement Draw()
    {
        var height = (Rows.Count + 0.4) * RowHeight;
        var drawing = Svg.Drawing(Left + Columns.Count * (Column + Gap), Top + height + BottomRoom, "Groups of clusters: " + Title);
        for (var c = 0; c < Columns.Count; c++)
        {
            var ends = Rows.SelectMany(row => new[] { row.Values[c].Low95, row.Values[c].High95 }).Where(double.IsFinite);
            var frame = new PlotFrame(Left + c * (Column + Gap), Top, Column, height, Axis.Around(Columns[c].Label, ends, Columns[c].Logarithmic, 0.03), new Axis("", 0, 1));
            drawing.Add(frame.Draw(scaleless: true));
            for (var i = 0; i < Rows.Count; i++) drawing.Add(Interval(frame, Row(i), Rows[i], c));
        }
        for (var i = 0; i < Rows.Count; i++) drawing.Add(Svg.Tip(Svg.Text("tk", Left - 8, Row(i) + 4, Short(Rows[i].Name), "end"), Rows[i].Name));
        return drawing;
    }

    private static double Row(int index) => Top + (index + 0.7) * RowHeight;

    private static string Short(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";

    private XElement? Interval(PlotFrame frame, double y, GroupPlotRow row, int column)
    {
        var posterior = row.Values[column];
        if (!posterior.IsFinite) return null;
        double X(double value) => frame.AtX(frame.X.Clamp(value));
        var group = Svg.Group(row.IsAccented ? "all" : "one",
            Svg.Path("i95", $"M{Svg.N(X(posterior.Low95))} {Svg.N(y)}H{Svg.N(X(posterior.High95))}"),
            Svg.Path("i68", $"M{Svg.N(X(posterior.Low68))} {Svg.N(y)}H{Svg.N(X(posterior.High68))}"),
            Svg.Dot("dot", X(posterior.Median), y, 3));
        return Svg.Tip(group, $"{row.Name}: {RichText.ToPlain(Columns[column].Label)} = {NumberText.InOneLine(posterior)}");
    }
}
