using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>How plots with a line for each posterior draw it, and what they hold it against.</summary>
internal static class IntervalMarks
{
    /// <summary>A name that fits beside its line.</summary>
    public static string Short(string name, int longest) => name.Length <= longest ? name : name[..(longest - 1)] + "…";

    /// <summary>Median, 68 and 95 % intervals at a height, with their numbers as a tip; nothing for a posterior that is not finite.</summary>
    public static XElement? Interval(string cssClass, PlotFrame frame, double y, PosteriorSummary posterior, double dotRadius, string name, string symbol)
    {
        if (!posterior.IsFinite) return null;
        double X(double value) => frame.AtX(frame.X.Clamp(value));
        var group = Svg.Group(cssClass,
            Svg.Path("i95", $"M{Svg.N(X(posterior.Low95))} {Svg.N(y)}H{Svg.N(X(posterior.High95))}"),
            Svg.Path("i68", $"M{Svg.N(X(posterior.Low68))} {Svg.N(y)}H{Svg.N(X(posterior.High68))}"),
            Svg.Dot("dot", X(posterior.Median), y, dotRadius));
        return Svg.Tip(group, $"{name}: {RichText.ToPlain(symbol)} = {NumberText.InOneLine(posterior)}");
    }

    /// <summary>The 68 % interval of a posterior as a band; nothing for one that is not finite.</summary>
    public static XElement? Band(PlotFrame frame, PosteriorSummary posterior, double top, double height)
    {
        if (!posterior.IsFinite) return null;
        var (from, to) = (frame.AtX(frame.X.Clamp(posterior.Low68)), frame.AtX(frame.X.Clamp(posterior.High68)));
        return Svg.Rectangle("band", from, top, Math.Max(to - from, 1), height);
    }

    /// <summary>A value as a line down the frame; nothing for one that its axis does not hold.</summary>
    public static XElement? Line(string cssClass, PlotFrame frame, double value, double top, double height) =>
        frame.X.Holds(value) ? Svg.Path(cssClass, $"M{Svg.N(frame.AtX(value))} {Svg.N(top)}v{Svg.N(height)}") : null;
}
