using System.Text;
using System.Xml.Linq;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>The rectangle that data are drawn in, with its two axes.</summary>
public sealed record PlotFrame(double Left, double Top, double Width, double Height, Axis X, Axis Y)
{
    private const double FontSize = 11;

    /// <summary>True for a frame with neighbours: a label that would reach into the next frame is left out, its tick stays.</summary>
    public bool HasNeighbours { get; init; }

    public double Right => Left + Width;

    public double Bottom => Top + Height;

    /// <summary>Column of a value; NaN stays NaN.</summary>
    public double AtX(double value) => Left + Width * X.Fraction(value);

    /// <summary>Row of a value: large values are high up.</summary>
    public double AtY(double value) => Bottom - Height * Y.Fraction(value);

    /// <summary>The point of two values, held inside the height of the frame; NaN where the axis has no place for it.</summary>
    public (double X, double Y) At(double x, double y)
    {
        var row = Y.Logarithmic && y <= 0 ? double.NaN : AtY(y);
        return (AtX(x), Math.Clamp(row, Top, Bottom));
    }

    /// <summary>Grid, ticks, labels and border.</summary>
    /// <param name="withX">Whether the horizontal axis is labelled.</param>
    /// <param name="withY">Whether the vertical axis is labelled.</param>
    /// <param name="scaleless">True when the vertical axis has no meaning of its own and gets neither ticks nor grid.</param>
    public XElement Draw(bool withX = true, bool withY = true, bool scaleless = false)
    {
        var columns = XTicks();
        var rows = scaleless ? [] : Y.Ticks((int)(Height / 26));
        withY &= !scaleless;
        var labels = new List<XElement>();
        if (withX) labels.AddRange(columns.Where(t => t.IsMajor && HasRoom(t)).Select(t => Svg.Text("tk", AtX(t.Value), Bottom + 15, t.Label, "middle")));
        if (withY) labels.AddRange(rows.Where(t => t.IsMajor).Select(t => Svg.Text("tk", Left - 6, AtY(t.Value) + 4, t.Label, "end")));
        if (withX && X.Label.Length > 0) labels.Add(Svg.Text("lb", Left + Width / 2, Bottom + 32, X.Label, "middle"));
        if (withY && Y.Label.Length > 0) labels.Add(Svg.Upright("lb", Left - 13 - rows.Max(t => Svg.Width(t.Label, FontSize)), Top + Height / 2, Y.Label));
        return Svg.Group(null, Svg.Path("gr", Grid(columns, rows)), Svg.Path("tm", Marks(columns, rows)), Svg.Rectangle("fr", Left, Top, Width, Height), labels);
    }

    private bool HasRoom(Tick tick)
    {
        var half = 0.5 * Svg.Width(tick.Label, FontSize);
        return !HasNeighbours || (AtX(tick.Value) - half > Left - 5 && AtX(tick.Value) + half < Right + 5);
    }

    /// <summary>As many labels as fit beside each other.</summary>
    private IReadOnlyList<Tick> XTicks()
    {
        var wanted = (int)(Width / 34);
        while (true)
        {
            var ticks = X.Ticks(wanted);
            var majors = ticks.Where(t => t.IsMajor).ToArray();
            var crowded = false;
            for (var i = 1; i < majors.Length; i++)
                crowded |= AtX(majors[i].Value) - AtX(majors[i - 1].Value) < 0.5 * (Svg.Width(majors[i].Label, FontSize) + Svg.Width(majors[i - 1].Label, FontSize)) + 5;
            if (!crowded || wanted <= 2) return ticks;
            wanted--;
        }
    }

    private string Grid(IEnumerable<Tick> columns, IEnumerable<Tick> rows)
    {
        var path = new StringBuilder();
        foreach (var tick in columns.Where(t => t.IsMajor)) path.Append('M').Append(Svg.N(AtX(tick.Value))).Append(' ').Append(Svg.N(Top)).Append('v').Append(Svg.N(Height));
        foreach (var tick in rows.Where(t => t.IsMajor)) path.Append('M').Append(Svg.N(Left)).Append(' ').Append(Svg.N(AtY(tick.Value))).Append('h').Append(Svg.N(Width));
        return path.ToString();
    }

    private string Marks(IEnumerable<Tick> columns, IEnumerable<Tick> rows)
    {
        var path = new StringBuilder();
        foreach (var tick in columns) path.Append('M').Append(Svg.N(AtX(tick.Value))).Append(' ').Append(Svg.N(Bottom)).Append('v').Append(tick.IsMajor ? "-5" : "-3");
        foreach (var tick in rows) path.Append('M').Append(Svg.N(Left)).Append(' ').Append(Svg.N(AtY(tick.Value))).Append('h').Append(tick.IsMajor ? '5' : '3');
        return path.ToString();
    }
}
