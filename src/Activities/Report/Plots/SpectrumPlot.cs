using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>
/// A spectrum against scale: above, the power of the map and of its noise; below, S = ln(power / null power) with the
/// band that the posterior predicts. The scale is given in R500 below and in kpc above.
/// </summary>
public sealed record SpectrumPlot(string Title, SpectrumSeries Series, double R500Kpc)
{
    private const double Width = 320, Left = 54, Right = 12, Top = 46, PowerHeight = 128, Gap = 12, RatioHeight = 96, Bottom = 42;

    public XElement Draw()
    {
        var scale = Axis.Around("scale (R_{500})", Series.ScalesR500, logarithmic: true, margin: 0.04);
        var power = Axis.Around(Exponent == 0 ? "power" : "power × 10" + NumberText.Superscript(-Exponent), Series.Power.Concat(Series.NullPower).Select(Scaled), logarithmic: true);
        var upper = new PlotFrame(Left, Top, Width - Left - Right, PowerHeight, scale, power);
        var lower = new PlotFrame(Left, Top + PowerHeight + Gap, upper.Width, RatioHeight, scale, RatioAxis());
        return Svg.Drawing(Width, lower.Bottom + Bottom, "Spectrum: " + Title,
            Svg.Text("val", Left, 14, Title), KiloparsecAxis(upper), upper.Draw(withX: false), PowerLines(upper), lower.Draw(), Ratio(lower));
    }

    /// <summary>The power of ten that the labels of the power leave out.</summary>
    private int Exponent
    {
        get
        {
            var largest = Series.Power.Concat(Series.NullPower).Where(double.IsFinite).DefaultIfEmpty(1).Max();
            return largest > 0 ? (int)Math.Floor(Math.Log10(largest)) : 0;
        }
    }

    private double Scaled(double power) => power / Math.Pow(10, Exponent);

    private Axis RatioAxis()
    {
        var values = Series.S.Append(0);
        if (Series.Predictive is { } band) values = values.Concat(band.Low95).Concat(band.High95);
        return Axis.Around("S", values);
    }

    private XElement KiloparsecAxis(PlotFrame frame)
    {
        var kpc = new Axis("", frame.X.Low * R500Kpc, frame.X.High * R500Kpc, true);
        var group = Svg.Group(null, Svg.Text("tk", frame.Left - 6, frame.Top - 8, "kpc", "end"));
        foreach (var tick in kpc.Ticks(4).Where(tick => tick.IsMajor))
        {
            var x = frame.Left + frame.Width * kpc.Fraction(tick.Value);
            group.Add(Svg.Text("tk", x, frame.Top - 8, tick.Label, "middle"), Svg.Path("tm", $"M{Svg.N(x)} {Svg.N(frame.Top)}v-4"));
        }
        return group;
    }

    private XElement PowerLines(PlotFrame frame)
    {
        var points = Points(frame, Series.Power, Scaled).Where(point => double.IsFinite(point.Y)).Select(point => Svg.Line([point]) + "h0");
        return Svg.Group(null, Svg.Path("null", Svg.Line(Points(frame, Series.NullPower, Scaled))), Svg.Path("curve", Svg.Line(Points(frame, Series.Power, Scaled))), Svg.Path("pts", string.Concat(points)));
    }

    private XElement Ratio(PlotFrame frame)
    {
        var group = Svg.Group(null);
        if (Series.Predictive is { } band)
            group.Add(Svg.Path("p95", Strip(frame, band.Low95, band.High95)), Svg.Path("p68", Strip(frame, band.Low68, band.High68)), Svg.Path("pm", Svg.Line(Points(frame, band.Median, value => value))));
        group.Add(Svg.Path("zero", $"M{Svg.N(frame.Left)} {Svg.N(frame.AtY(0))}h{Svg.N(frame.Width)}"));
        for (var i = 0; i < Series.ScalesR500.Length; i++)
        {
            if (!double.IsFinite(Series.S[i])) continue;
            var (x, y) = frame.At(Series.ScalesR500[i], Series.S[i]);
            group.Add(Svg.Dot("pt", x, y, 2.8, $"{Scale(i)}: S = {NumberText.Fixed(Series.S[i], 2)}{Predicted(i)}"));
        }
        return group;
    }

    private string Predicted(int i) => Series.Predictive is { } band && double.IsFinite(band.Low95[i] + band.High95[i])
        ? $"; predicted {NumberText.Fixed(band.Low95[i], 2)} to {NumberText.Fixed(band.High95[i], 2)} (95 %)" : "";

    private string Scale(int i) => $"{NumberText.Significant(Series.ScalesR500[i])} R500";

    private IEnumerable<(double X, double Y)> Points(PlotFrame frame, double[] values, Func<double, double> shown) =>
        values.Select((value, i) => frame.At(Series.ScalesR500[i], shown(value)));

    private string Strip(PlotFrame frame, double[] low, double[] high)
    {
        var usable = Enumerable.Range(0, low.Length).Where(i => double.IsFinite(low[i] + high[i])).ToArray();
        if (usable.Length < 2) return "";
        var there = usable.Select(i => frame.At(Series.ScalesR500[i], high[i]));
        return Svg.Line(there.Concat(usable.Reverse().Select(i => frame.At(Series.ScalesR500[i], low[i])))) + "Z";
    }
}
