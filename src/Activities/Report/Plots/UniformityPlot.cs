using System.Xml.Linq;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>
/// How far the cumulative distribution of values is from the uniform one on [0, 1], with the band that holds it in 95 % of the cases if they are uniform (the test of Kolmogorov and
/// Smirnov). An arch or a bowl is a bias; up first and down later are values at both ends, an overconfident posterior; down first and up later an overcautious one.
/// </summary>
/// <param name="Title">What the values are.</param>
/// <param name="Values">The values, in any order.</param>
public sealed record UniformityPlot(string Title, IReadOnlyList<double> Values)
{
    private const double Width = 236, Height = 176, Left = 50, Top = 22, Right = 8, Bottom = 40;
    private const double CriticalAt95 = 1.358;

    public XElement Draw()
    {
        var band = CriticalAt95 / Math.Sqrt(Values.Count);
        var steps = Steps();
        var reach = Math.Max(1.3 * band, 1.1 * steps.Max(step => Math.Abs(step.Y)));
        var frame = new PlotFrame(Left, Top, Width - Left - Right, Height - Top - Bottom, new Axis("value", 0, 1), new Axis("CDF - uniform", -reach, reach));
        return Svg.Drawing(Width, Height, $"{Title}: distance from the uniform distribution", Svg.Text("val", Left, 14, Title),
            Svg.Rectangle("p95", frame.Left, frame.AtY(band), frame.Width, frame.AtY(-band) - frame.AtY(band)), frame.Draw(),
            Svg.Path("zero", $"M{Svg.N(frame.Left)} {Svg.N(frame.AtY(0))}h{Svg.N(frame.Width)}"), Svg.Path("curve", Svg.Line(steps.Select(step => frame.At(step.X, step.Y)))));
    }

    // The empirical distribution jumps at each value: both ends of every jump.
    private List<(double X, double Y)> Steps()
    {
        var steps = new List<(double, double)> { (0, 0) };
        foreach (var (value, i) in Values.Order().Select((value, i) => (value, i)))
        {
            steps.Add((value, i / (double)Values.Count - value));
            steps.Add((value, (i + 1) / (double)Values.Count - value));
        }
        steps.Add((1, 0));
        return steps;
    }
}
