using System.Xml.Linq;

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
            drawing.Add(frame.Draw(scaleless: true), IntervalMarks.Band(frame, Joint[p], frame.Top, frame.Height), TruthLine(p, frame));
            for (var i = 0; i < Rows.Count; i++) drawing.Add(Interval(Rows[i].IsFaint ? "one faint" : "one", p, frame, Row(i), Rows[i]));
            drawing.Add(Interval("all", p, frame, Row(Rows.Count) + 0.4 * RowHeight, new("joint", Joint)));
        }
        for (var i = 0; i < Rows.Count; i++) drawing.Add(Svg.Tip(Svg.Text(RowHeight < 16 ? "tk xs" : "tk", Left - 8, Row(i) + 4, IntervalMarks.Short(Rows[i].Name, LongestName), "end"), Rows[i].Name));
        drawing.Add(Svg.Text("tk b", Left - 8, Row(Rows.Count) + 0.4 * RowHeight + 4, "joint", "end"));
        return drawing;
    }

    private double Row(int index) => Top + 3 + (index + 0.5) * RowHeight;

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

    private XElement? TruthLine(int p, PlotFrame frame) => Truth is null ? null : IntervalMarks.Line("truth", frame, Truth[p], frame.Top, frame.Height);

    private static XElement? Interval(string cssClass, int p, PlotFrame frame, double y, ForestRow row) =>
        IntervalMarks.Interval(cssClass, frame, y, row.Posterior[p], cssClass == "all" ? 4 : 2.6, row.Name, Parameter.All[p].Symbol);
}
