using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>Sigma of clusters against a quantity of theirs, with 68 % intervals and the line that goes through them.</summary>
/// <param name="Trend">The points and the line.</param>
/// <param name="SigmaLabel">Label of the vertical axis.</param>
public sealed record TrendPlot(TrendResult Trend, string SigmaLabel)
{
    private const double Width = 262, Height = 216, Left = 52, Top = 10, Right = 10, Bottom = 44;

    public XElement Draw()
    {
        var sigmas = Trend.Points.Where(point => point.Sigma.IsFinite).SelectMany(point => new[] { point.Sigma.Low68, point.Sigma.High68 });
        var frame = new PlotFrame(Left, Top, Width - Left - Right, Height - Top - Bottom, Axis.Around(Trend.Label, Trend.Points.Select(point => point.Quantity)), Axis.Around(SigmaLabel, sigmas, logarithmic: true));
        return Svg.Drawing(Width, Height, $"sigma against {Trend.Label}", frame.Draw(), Line(frame), Trend.Points.Where(point => point.Sigma.IsFinite).Select(point => Point(frame, point)));
    }

    // A straight line in log10 sigma is one on the logarithmic axis, too; it ends where it leaves the frame.
    private XElement? Line(PlotFrame frame)
    {
        if (Trend.Numbers is not { Slope: { } slope, Pivot: { } pivot, Level: { } level }) return null;
        const int pieces = 60;
        var points = Enumerable.Range(0, pieces + 1).Select(i => frame.X.Low + (frame.X.High - frame.X.Low) * i / pieces).Select(x => (X: x, Y: Math.Pow(10, level + slope.Median * (x - pivot))));
        return Svg.Path("median", Svg.Line(points.Select(point => frame.Y.Holds(point.Y) ? frame.At(point.X, point.Y) : (double.NaN, double.NaN))));
    }

    private static XElement Point(PlotFrame frame, TrendPoint point)
    {
        var x = Svg.N(frame.AtX(point.Quantity));
        var group = Svg.Group(point.IsMeasured ? "one meas" : "one",
            Svg.Path("i68", $"M{x} {Svg.N(frame.AtY(point.Sigma.Low68))}V{Svg.N(frame.AtY(point.Sigma.High68))}"), Svg.Dot("dot", frame.AtX(point.Quantity), frame.AtY(point.Sigma.Median), 3));
        return Svg.Tip(group, $"{point.Cluster}: {NumberText.Significant(point.Quantity)}{(point.IsMeasured ? " (measured)" : "")}, σ = {NumberText.InOneLine(point.Sigma)}");
    }
}
