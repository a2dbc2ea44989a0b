using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>A line of a forest plot; faint for a cluster that the joint posterior does not combine.</summary>
public sealed record ForestRow(string Name, TurbulenceSummary Posterior, bool IsFaint = false);

/// <summary>Each cluster's intervals, one line per cluster and one column per parameter, against the joint posterior.</summary>
public sealed record ForestPlot(string Title, IReadOnlyList<ForestRow> Rows, TurbulenceSummary Joint, TurbulencePrior Prior, TurbulenceTruth? Truth)
{
    private const double Left = 122, Column = 150, Gap = 14, Top = 8, BottomRoom = 42;
    private const int LongestName = 18;

    private double RowHeight => Rows.Count > 24 ? 12 : 17;

    public XElement Draw()
    {
        var height = (Rows.Count + 1.4) * RowHeight + 6;
        var drawing = Svg.Drawing(Left + 3 * Column + 2 * Gap + 10, Top + height + BottomRoom, "Intervals of each cluster: " + Title);
        for (var p = 0; p < 3; p++)
        {
            var frame = new PlotFrame(Left + p * (Column + Gap), Top, Column, height, AxisOf(p), new Axis("", 0, 1));
            drawing.Add(frame.Draw(scaleless: true), Band(p, frame), TruthLine(p, frame));
            for (var i = 0; i < Rows.Count; i++) drawing.Add(Interval(Rows[i].IsFaint ? "one faint" : "one", p, frame, Row(i), Rows[i]));
            drawing.Add(Interval("all", p, frame, Row(Rows.Count) + 0.4 * RowHeight, new("joint", Joint)));
        }
        for (var i = 0; i < Rows.Count; i++) drawing.Add(Svg.Tip(Svg.Text(RowHeight < 16 ? "tk xs" : "tk", Left - 8, Row(i) + 4, Short(Rows[i].Name), "end"), Rows[i].Name));
        drawing.Add(Svg.Text("tk b", Left - 8, Row(Rows.Count) + 0.4 * RowHeight + 4, "joint", "end"));
        return drawing;
    }

    private double Row(int index) => Top + 3 + (index + 0.5) * RowHeight;

    private static string Short(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";

    /// <summary>All that the 95 % intervals span, inside the prior.</summary>
    private Axis AxisOf(int p)
    {
        var parameter = Parameter.All[p];
        var (low, high) = (parameter.FromCoordinate(Prior[p].Low), parameter.FromCoordinate(Prior[p].High));
        var ends = Rows.Select(row => row.Posterior).Append(Joint).SelectMany(s => new[] { s[p].Low95, s[p].High95 });
        if (Truth is not null) ends = ends.Append(Truth[p]);
        var axis = Axis.Around(parameter.AxisLabel, ends.Where(value => value >= low && value <= high), parameter.Logarithmic, 0.03);
        return axis with { Low = Math.Max(axis.Low, low), High = Math.Min(axis.High, high) };
    }

    private XElement? Band(int p, PlotFrame frame)
    {
        if (!Joint[p].IsFinite) return null;
        var (from, to) = (frame.AtX(frame.X.Clamp(Joint[p].Low68)), frame.AtX(frame.X.Clamp(Joint[p].High68)));
        return Svg.Rectangle("band", from, frame.Top, Math.Max(to - from, 1), frame.Height);
    }

    private XElement? TruthLine(int p, PlotFrame frame) =>
        Truth is null || !frame.X.Holds(Truth[p]) ? null : Svg.Path("truth", $"M{Svg.N(frame.AtX(Truth[p]))} {Svg.N(frame.Top)}v{Svg.N(frame.Height)}");

    private static XElement? Interval(string cssClass, int p, PlotFrame frame, double y, ForestRow row)
    {
        var posterior = row.Posterior[p];
        if (!posterior.IsFinite) return null;
        double X(double value) => frame.AtX(frame.X.Clamp(value));
        var group = Svg.Group(cssClass,
            Svg.Path("i95", $"M{Svg.N(X(posterior.Low95))} {Svg.N(y)}H{Svg.N(X(posterior.High95))}"),
            Svg.Path("i68", $"M{Svg.N(X(posterior.Low68))} {Svg.N(y)}H{Svg.N(X(posterior.High68))}"),
            Svg.Dot("dot", X(posterior.Median), y, cssClass == "all" ? 4 : 2.6));
        return Svg.Tip(group, $"{row.Name}: {RichText.ToPlain(Parameter.All[p].Symbol)} = {NumberText.InOneLine(posterior)}");
    }
}
