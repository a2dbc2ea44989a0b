using System.Text;
using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>
/// A posterior over three parameters: each one's density on the diagonal, and below it the 68 and 95 % highest-density
/// regions of each pair. Above a column, a bar shows which part of the prior's range the axis spans.
/// </summary>
public sealed record CornerPlot(string Title, TurbulenceSummary Posterior, MarginalDensities Densities, TurbulencePrior Prior, TurbulenceTruth? Truth)
{
    private const double Panel = 112, Gap = 10, Left = 62, Top = 36, RightRoom = 50, BottomRoom = 40;

    /// <summary>Words in the empty corner, as rich text; null for none.</summary>
    public string? Heading { get; init; }

    public XElement Draw()
    {
        var axes = Enumerable.Range(0, 3).Select(Window).ToArray();
        var size = 3 * Panel + 2 * Gap;
        var drawing = Svg.Drawing(Left + size + RightRoom, Top + size + BottomRoom, "Corner plot of the posterior: " + Title);
        for (var row = 0; row < 3; row++)
            for (var column = 0; column <= row; column++)
                drawing.Add(row == column ? Diagonal(row, axes) : Pair(column, row, axes));
        if (Heading is not null) drawing.Add(Svg.Text("tk b", Left + size, Top + 12, Heading, "end"));
        return drawing;
    }

    /// <summary>
    /// The whole prior when the posterior fills a good part of it; otherwise what holds 99.8 % of the posterior, and the truth.
    /// </summary>
    private Axis Window(int p)
    {
        var (grid, density, prior) = (Densities.Grids[p], Densities.Single[p], Prior[p]);
        var (low, high) = (Quantile(grid, density, 0.001), Quantile(grid, density, 0.999));
        if (Truth is not null)
        {
            var truth = Parameter.All[p].Logarithmic ? Math.Log10(Truth[p]) : Truth[p];
            (low, high) = (Math.Min(low, truth), Math.Max(high, truth));
        }
        var pad = Math.Max(0.06 * (high - low), 1e-3 * (prior.High - prior.Low));
        (low, high) = (Math.Max(prior.Low, low - pad), Math.Min(prior.High, high + pad));
        if (high - low > 0.7 * (prior.High - prior.Low)) (low, high) = (prior.Low, prior.High);
        var parameter = Parameter.All[p];
        var unit = parameter.Unit.Length > 0 ? $" ({parameter.Unit})" : "";
        return new(parameter.Symbol + unit, parameter.FromCoordinate(low), parameter.FromCoordinate(high), parameter.Logarithmic);
    }

    private static double Quantile(double[] grid, double[] density, double probability)
    {
        double total = density.Sum(), sum = 0;
        for (var i = 0; i < grid.Length; i++)
        {
            sum += density[i];
            if (sum >= probability * total) return grid[i];
        }
        return grid[^1];
    }

    private static double Column(int index) => Left + index * (Panel + Gap);

    private static double Row(int index) => Top + index * (Panel + Gap);

    private XElement Diagonal(int p, Axis[] axes)
    {
        var peak = Densities.Single[p].Max();
        var frame = new PlotFrame(Column(p), Row(p), Panel, Panel, axes[p], new Axis("", 0, 1.12 * (peak > 0 ? peak : 1))) { HasNeighbours = true };
        var group = Svg.Group(null, frame.Draw(withX: p == 2, scaleless: true), Svg.Path("area2", Area(p, frame, double.NegativeInfinity, double.PositiveInfinity)),
            Svg.Path("area1", Area(p, frame, Posterior[p].Low68, Posterior[p].High68)),
            Svg.Path("curve", Svg.Line(Curve(p).Where(point => frame.X.Holds(point.X)).Select(point => frame.At(point.X, point.Y)))));
        if (frame.X.Holds(Posterior[p].Median)) group.Add(Svg.Path("median", Vertical(frame, Posterior[p].Median)));
        if (Truth is not null && frame.X.Holds(Truth[p])) group.Add(Svg.Path("truth", Vertical(frame, Truth[p])));
        group.Add(PriorBar(p, frame), Svg.Text("val", frame.Left, frame.Top - 13, Value(p)));
        return group;
    }

    private string Value(int p) => $"{Parameter.All[p].Symbol} = {NumberText.InOneLine(Posterior[p])}";

    /// <summary>The full prior as a thin line above the panel, the part that the axis spans as a thick one.</summary>
    private XElement PriorBar(int p, PlotFrame frame)
    {
        var prior = new Axis("", Parameter.All[p].FromCoordinate(Prior[p].Low), Parameter.All[p].FromCoordinate(Prior[p].High), Parameter.All[p].Logarithmic);
        var (from, to) = (frame.Left + Panel * prior.Fraction(frame.X.Low), frame.Left + Panel * prior.Fraction(frame.X.High));
        return Svg.Group(null, Svg.Rectangle("prior", frame.Left, frame.Top - 6, Panel, 3), Svg.Rectangle("shown", from, frame.Top - 6, Math.Max(to - from, 1.5), 3));
    }

    private IEnumerable<(double X, double Y)> Curve(int p) =>
        Densities.Grids[p].Select((coordinate, i) => (Parameter.All[p].FromCoordinate(coordinate), Densities.Single[p][i]));

    private string Area(int p, PlotFrame frame, double low, double high)
    {
        var points = Curve(p).Where(point => point.X >= low && point.X <= high && frame.X.Holds(point.X)).Select(point => frame.At(point.X, point.Y)).ToArray();
        if (points.Length < 2) return "";
        return new StringBuilder(Svg.Line([(points[0].X, frame.Bottom), .. points, (points[^1].X, frame.Bottom)])).Append('Z').ToString();
    }

    private XElement Pair(int first, int second, Axis[] axes)
    {
        var frame = new PlotFrame(Column(first), Row(second), Panel, Panel, axes[first], axes[second]) { HasNeighbours = true };
        var group = Svg.Group(null, frame.Draw(withX: second == 2, withY: first == 0), Svg.Path("area2", Region(first, second, frame, 0.95)), Svg.Path("area1", Region(first, second, frame, 0.68)));
        if (Truth is null) return group;
        if (axes[first].Holds(Truth[first])) group.Add(Svg.Path("truth", Vertical(frame, Truth[first])));
        if (axes[second].Holds(Truth[second])) group.Add(Svg.Path("truth", $"M{Svg.N(frame.Left)} {Svg.N(frame.AtY(Truth[second]))}h{Svg.N(Panel)}"));
        return group;
    }

    private string Region(int first, int second, PlotFrame frame, double mass)
    {
        var (columns, rows, density) = (Densities.Grids[first], Densities.Grids[second], Densities.Pair(first, second));
        var path = new StringBuilder();
        foreach (var outline in Contour.Outlines(density, columns.Length, rows.Length, Contour.LevelOfMass(density, mass)))
            path.Append(Svg.Line(outline.Select(point => Place(frame, first, second, At(columns, point.X), At(rows, point.Y))))).Append('Z');
        return path.ToString();
    }

    private static (double, double) Place(PlotFrame frame, int first, int second, double x, double y)
    {
        var (atX, atY) = (Parameter.All[first].FromCoordinate(x), Parameter.All[second].FromCoordinate(y));
        return (frame.AtX(frame.X.Clamp(atX)), frame.AtY(frame.Y.Clamp(atY)));
    }

    private static double At(double[] grid, double index)
    {
        var below = Math.Min((int)index, grid.Length - 2);
        return grid[below] + (index - below) * (grid[below + 1] - grid[below]);
    }

    private static string Vertical(PlotFrame frame, double value) => $"M{Svg.N(frame.AtX(value))} {Svg.N(frame.Top)}v{Svg.N(frame.Height)}";
}
