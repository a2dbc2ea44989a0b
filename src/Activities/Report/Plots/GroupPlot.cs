using System.Xml.Linq;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>A line of a plot of groups: a group, with one posterior per column.</summary>
public sealed record GroupPlotRow(string Name, IReadOnlyList<PosteriorSummary> Values);

/// <summary>The groups in one region, against what all clusters together say there.</summary>
/// <param name="Title">The region, as rich text.</param>
/// <param name="Rows">The groups.</param>
/// <param name="Whole">The joint posterior of the whole sample, per column; null where it is not known.</param>
/// <param name="Truth">What a mock was made with, per column; null where it is not known.</param>
public sealed record GroupPlotRegion(string Title, IReadOnlyList<GroupPlotRow> Rows, IReadOnlyList<PosteriorSummary?> Whole, IReadOnlyList<double?> Truth);

/// <summary>Quantities of groups side by side: region below region, in each one line per group, and one column per quantity.</summary>
public sealed record GroupPlot(string Title, IReadOnlyList<(string Label, bool Logarithmic)> Columns, IReadOnlyList<GroupPlotRegion> Regions)
{
    private const double Left = 190, Column = 160, Gap = 14, Top = 8, BottomRoom = 42, RowHeight = 18, HeadingHeight = 22, Below = 8;
    private const int LongestName = 30;

    private double Height => Regions.Sum(HeightOf);

    public XElement Draw()
    {
        var drawing = Svg.Drawing(Left + Columns.Count * (Column + Gap), Top + Height + BottomRoom, "Groups of clusters: " + Title);
        for (var column = 0; column < Columns.Count; column++)
        {
            var frame = new PlotFrame(Left + column * (Column + Gap), Top, Column, Height, AxisOf(column), new Axis("", 0, 1));
            drawing.Add(frame.Draw(scaleless: true));
            foreach (var (region, top) in Placed()) drawing.Add(Against(region, column, frame, top), region.Rows.Select((row, i) => Interval(row, column, frame, RowAt(top, i))));
        }
        foreach (var (region, top) in Placed()) drawing.Add(Names(region, top));
        return drawing;
    }

    private static double HeightOf(GroupPlotRegion region) => HeadingHeight + region.Rows.Count * RowHeight + Below;

    private static double RowAt(double top, int index) => top + HeadingHeight + (index + 0.5) * RowHeight;

    private IEnumerable<(GroupPlotRegion Region, double Top)> Placed()
    {
        var top = Top;
        foreach (var region in Regions)
        {
            yield return (region, top);
            top += HeightOf(region);
        }
    }

    private static IEnumerable<XElement> Names(GroupPlotRegion region, double top) =>
        region.Rows.Select((row, i) => Svg.Tip(Svg.Text("tk", Left - 8, RowAt(top, i) + 4, IntervalMarks.Short(row.Name, LongestName), "end"), row.Name))
            .Prepend(Svg.Text("tk b", Left - 8, top + HeadingHeight - 6, region.Title, "end"));

    private Axis AxisOf(int column)
    {
        var intervals = Regions.SelectMany(region => region.Rows.Select(row => row.Values[column]));
        var whole = Regions.Select(region => region.Whole[column]).OfType<PosteriorSummary>();
        var ends = intervals.SelectMany(posterior => new[] { posterior.Low95, posterior.High95 })
            .Concat(whole.SelectMany(posterior => new[] { posterior.Low68, posterior.High68 }))
            .Concat(Regions.Select(region => region.Truth[column]).OfType<double>());
        return Axis.Around(Columns[column].Label, ends, Columns[column].Logarithmic, 0.03);
    }

    /// <summary>What the groups are held against: the whole sample as a band with its median, and the truth.</summary>
    private static IEnumerable<XElement?> Against(GroupPlotRegion region, int column, PlotFrame frame, double top)
    {
        var (from, height) = (top + HeadingHeight, region.Rows.Count * RowHeight);
        if (region.Whole[column] is { IsFinite: true } whole)
        {
            yield return IntervalMarks.Band(frame, whole, from, height);
            yield return IntervalMarks.Line("median", frame, whole.Median, from, height);
        }
        if (region.Truth[column] is { } truth) yield return IntervalMarks.Line("truth", frame, truth, from, height);
    }

    private XElement? Interval(GroupPlotRow row, int column, PlotFrame frame, double y) =>
        IntervalMarks.Interval("one", frame, y, row.Values[column], 3, row.Name, Columns[column].Label);
}
