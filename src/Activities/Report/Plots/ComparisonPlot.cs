using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>What one series says of one quantity in one line; the truth of a mock where it is known.</summary>
public readonly record struct ComparedValue(PosteriorSummary? Posterior, double? Truth = null);

/// <summary>A line of a comparison.</summary>
/// <param name="Name">What the line is of, as rich text.</param>
/// <param name="Values">For each quantity, what each series says.</param>
public sealed record ComparedRow(string Name, IReadOnlyList<IReadOnlyList<ComparedValue>> Values);

/// <summary>Quantities of two series side by side, line by line: groups with and without their core, a cluster beside all of them. Median, 68 and 95 % intervals; the first series filled, the second open.</summary>
/// <param name="Title">What is compared.</param>
/// <param name="Columns">The quantities.</param>
/// <param name="Series">Names of the series, at most two, as rich text.</param>
/// <param name="Rows">The lines; the first may stand for the whole (<paramref name="FirstIsWhole"/>).</param>
/// <param name="FirstIsWhole">Whether the first line stands apart.</param>
public sealed record ComparisonPlot(string Title, IReadOnlyList<(string Label, bool Logarithmic)> Columns, IReadOnlyList<string> Series, IReadOnlyList<ComparedRow> Rows, bool FirstIsWhole = false)
{
    private const double Gap = 14, Top = 30, BottomRoom = 42, Step = 12, Between = 10, LetterRoom = 6.4;

    /// <summary>Room for the names of the lines, in pixels.</summary>
    public double NameRoom { get; init; } = 176;

    /// <summary>Width of a column, in pixels.</summary>
    public double ColumnRoom { get; init; } = 196;

    private int LongestName => (int)((NameRoom - 8) / LetterRoom);

    private double RowHeight => Series.Count * Step + Between;

    private double Height => Rows.Count * RowHeight;

    public XElement Draw()
    {
        var drawing = Svg.Drawing(NameRoom + Columns.Count * (ColumnRoom + Gap), Top + Height + BottomRoom, Title, Legend());
        for (var column = 0; column < Columns.Count; column++)
        {
            var frame = new PlotFrame(NameRoom + column * (ColumnRoom + Gap), Top, ColumnRoom, Height, AxisOf(column), new Axis("", 0, 1));
            drawing.Add(frame.Draw(scaleless: true), Separators(frame), Rows.Select((row, i) => Marks(row, column, frame, Top + i * RowHeight)));
        }
        for (var i = 0; i < Rows.Count; i++)
            drawing.Add(Svg.Tip(Svg.Text(FirstIsWhole && i == 0 ? "tk b" : "tk", NameRoom - 8, Top + (i + 0.5) * RowHeight + 4, Name(Rows[i].Name), "end"), RichText.ToPlain(Rows[i].Name)));
        return drawing;
    }

    // A name that is cut short loses its sub- and superscripts.
    private string Name(string rich) => RichText.ToPlain(rich) is var plain && plain.Length <= LongestName ? rich : IntervalMarks.Short(plain, LongestName);

    private XElement Legend()
    {
        var legend = Svg.Group(null);
        var x = NameRoom;
        for (var i = 0; i < Series.Count; i++)
        {
            legend.Add(Svg.Group($"s{i}", Svg.Path("i68", $"M{Svg.N(x)} 12h26"), Svg.Dot("dot", x + 13, 12, 3.4)), Svg.Text("tk", x + 33, 16, Series[i]));
            x += 33 + Svg.Width(Series[i], 12) + 28;
        }
        return legend;
    }

    private Axis AxisOf(int column)
    {
        var values = Rows.SelectMany(row => row.Values[column]).ToArray();
        var ends = values.Where(value => value.Posterior is { IsFinite: true }).SelectMany(value => new[] { value.Posterior!.Value.Low95, value.Posterior.Value.High95 });
        return Axis.Around(Columns[column].Label, ends.Concat(values.Select(value => value.Truth).OfType<double>()), Columns[column].Logarithmic, 0.05);
    }

    private XElement Separators(PlotFrame frame) => Svg.Path("gr", string.Concat(Enumerable.Range(1, Math.Max(Rows.Count - 1, 0)).Select(i => $"M{Svg.N(frame.Left)} {Svg.N(Top + i * RowHeight)}h{Svg.N(frame.Width)}")));

    private XElement Marks(ComparedRow row, int column, PlotFrame frame, double top)
    {
        var marks = Svg.Group(null);
        for (var i = 0; i < row.Values[column].Count; i++)
        {
            var (value, y) = (row.Values[column][i], top + Between / 2 + (i + 0.5) * Step);
            if (value.Truth is { } truth) marks.Add(IntervalMarks.Line("truth", frame, truth, y - Step / 2, Step));
            if (value.Posterior is { } posterior) marks.Add(IntervalMarks.Interval($"s{i}", frame, y, posterior, 3.4, $"{RichText.ToPlain(row.Name)}, {RichText.ToPlain(Series[i])}", Columns[column].Label));
        }
        return marks;
    }
}
