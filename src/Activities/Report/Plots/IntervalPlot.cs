using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>What a quantity is between two radii.</summary>
/// <param name="Name">Name of the region.</param>
/// <param name="InnerR500">Inner radius, R500.</param>
/// <param name="OuterR500">Outer radius, R500.</param>
/// <param name="Value">Posterior.</param>
/// <param name="Truth">True value, NaN when unknown.</param>
public sealed record RadialInterval(string Name, double InnerR500, double OuterR500, PosteriorSummary Value, double Truth = double.NaN);

/// <summary>A curve to compare with.</summary>
/// <param name="Name">Whose it is, short enough for a legend, as rich text.</param>
/// <param name="Source">Where it was published and what it was drawn for, as rich text.</param>
/// <param name="CitationKey">The publication's key in the references.</param>
/// <param name="Points">Radius in R500 and value.</param>
public sealed record RadialCurve(string Name, string Source, string CitationKey, IReadOnlyList<(double RadiusR500, double Value)> Points);

/// <summary>
/// A quantity against radius: annuli as boxes (68 and 95 %) with a line at the median, wider regions as a band
/// behind them, curves of others dashed over all.
/// </summary>
public sealed record IntervalPlot(string Label, bool Logarithmic, IReadOnlyList<RadialInterval> Annuli, IReadOnlyList<RadialInterval> Wide)
{
    /// <summary>Curves to compare with.</summary>
    public IReadOnlyList<RadialCurve> Curves { get; init; } = [];

    private const double Width = 340, Height = 262, Left = 62, Top = 22, Right = 12, Bottom = 46, LegendRow = 17;

    public XElement Draw()
    {
        var all = Annuli.Concat(Wide).Where(interval => interval.Value.IsFinite).ToArray();
        var outer = all.Length == 0 ? 1 : all.Max(interval => interval.OuterR500);
        var values = all.SelectMany(interval => new[] { interval.Value.Low95, interval.Value.High95, interval.Truth }).Concat(Curves.SelectMany(curve => curve.Points.Select(point => point.Value)));
        var frame = new PlotFrame(Left, Top, Width - Left - Right, Height - Top - Bottom, new Axis("elliptical radius (R_{500})", 0, outer), Axis.Around(Label, values, Logarithmic));
        var drawing = Svg.Drawing(Width, Height + LegendRow * Curves.Count, Label + " against radius", frame.Draw());
        for (var i = 0; i < Wide.Count; i++) drawing.Add(Band(frame, Wide[i], i));
        foreach (var interval in Annuli) drawing.Add(Box(frame, interval));
        foreach (var interval in Annuli) drawing.Add(TruthLine(frame, interval));
        for (var i = 0; i < Curves.Count; i++) drawing.Add(Curve(frame, Curves[i], $"other o{i}"), Legend(Curves[i], $"other o{i}", Height + (i + 0.5) * LegendRow));
        return drawing;
    }

    private static XElement Curve(PlotFrame frame, RadialCurve curve, string style) =>
        Svg.Tip(Svg.Path(style, Svg.Line(curve.Points.Where(point => frame.X.Holds(point.RadiusR500)).Select(point => frame.At(point.RadiusR500, point.Value)))), RichText.ToPlain(curve.Name));

    private static object[] Legend(RadialCurve curve, string style, double y) => [Svg.Path(style, $"M{Svg.N(Left)} {Svg.N(y)}h34"), Svg.Text("tk", Left + 42, y + 4, curve.Name)];

    private static XElement? Band(PlotFrame frame, RadialInterval interval, int index)
    {
        if (!interval.Value.IsFinite) return null;
        var (left, right) = (frame.AtX(interval.InnerR500), frame.AtX(interval.OuterR500));
        var group = Svg.Group(index == 0 ? "wide0" : "wide1", Rectangle("w68", frame, left, right, interval.Value.Low68, interval.Value.High68),
            Svg.Path("wm", $"M{Svg.N(left)} {Svg.N(frame.AtY(interval.Value.Median))}H{Svg.N(right)}"));
        return Svg.Tip(group, Words(interval));
    }

    private static XElement? Box(PlotFrame frame, RadialInterval interval)
    {
        if (!interval.Value.IsFinite) return null;
        var (left, right) = (frame.AtX(interval.InnerR500) + 1, frame.AtX(interval.OuterR500) - 1);
        var group = Svg.Group("box", Rectangle("b95", frame, left, right, interval.Value.Low95, interval.Value.High95),
            Rectangle("b68", frame, left, right, interval.Value.Low68, interval.Value.High68),
            Svg.Path("bm", $"M{Svg.N(left)} {Svg.N(frame.AtY(interval.Value.Median))}H{Svg.N(right)}"));
        return Svg.Group(null, Svg.Tip(group, Words(interval)), Svg.Text("tk", (left + right) / 2, frame.Top - 6, interval.Name, "middle"));
    }

    private static XElement Rectangle(string cssClass, PlotFrame frame, double left, double right, double low, double high) =>
        Svg.Rectangle(cssClass, left, frame.AtY(high), right - left, Math.Max(frame.AtY(low) - frame.AtY(high), 1));

    private static XElement? TruthLine(PlotFrame frame, RadialInterval interval) => double.IsFinite(interval.Truth)
        ? Svg.Path("truth", $"M{Svg.N(frame.AtX(interval.InnerR500))} {Svg.N(frame.AtY(interval.Truth))}H{Svg.N(frame.AtX(interval.OuterR500))}")
        : null;

    private static string Words(RadialInterval interval) =>
        $"{interval.Name}: {NumberText.InOneLine(interval.Value)}" + (double.IsFinite(interval.Truth) ? $", truth {NumberText.Significant(interval.Truth)}" : "");
}
