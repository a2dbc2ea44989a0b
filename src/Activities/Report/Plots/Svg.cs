using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>Elements of an inline drawing. Colours and line widths come from the page's classes, so that light, dark and print agree.</summary>
internal static class Svg
{
    /// <summary>A drawing that scales with its column but never beyond its natural size.</summary>
    public static XElement Drawing(double width, double height, string label, params object?[] content) =>
        new("svg", Html.At("viewBox", $"0 0 {N(width)} {N(height)}"), Html.At("width", N(width)), Html.At("height", N(height)),
            Html.At("role", "img"), Html.At("aria-label", RichText.ToPlain(label)), content);

    public static XElement Group(string? cssClass, params object?[] content) => Html.Tag("g", cssClass, content);

    public static XElement Path(string? cssClass, string data) => Html.Tag("path", cssClass, Html.At("d", data));

    public static XElement Rectangle(string? cssClass, double x, double y, double width, double height) =>
        Html.Tag("rect", cssClass, Html.At("x", N(x)), Html.At("y", N(y)), Html.At("width", N(Math.Max(width, 0))), Html.At("height", N(Math.Max(height, 0))));

    public static XElement Dot(string? cssClass, double x, double y, double radius, string? tip = null) =>
        Tip(Html.Tag("circle", cssClass, Html.At("cx", N(x)), Html.At("cy", N(y)), Html.At("r", N(radius))), tip);

    /// <summary>A label; anchor is start, middle or end.</summary>
    public static XElement Text(string? cssClass, double x, double y, string rich, string anchor = "start")
    {
        var text = Html.Tag("text", cssClass, Html.At("x", N(x)), Html.At("y", N(y)), RichText.ToSvg(rich));
        if (anchor != "start") text.SetAttributeValue("text-anchor", anchor);
        return text;
    }

    /// <summary>A label that reads upwards, centred on a point.</summary>
    public static XElement Upright(string? cssClass, double x, double y, string rich) =>
        Html.Tag("text", cssClass, Html.At("transform", $"translate({N(x)} {N(y)}) rotate(-90)"), Html.At("text-anchor", "middle"), RichText.ToSvg(rich));

    /// <summary>Gives an element words that appear beside the pointer.</summary>
    public static XElement Tip(XElement element, string? tip)
    {
        if (tip is not null) element.SetAttributeValue("data-tip", tip);
        return element;
    }

    /// <summary>The path through some points, broken where a coordinate is not a number.</summary>
    public static string Line(IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        var broken = true;
        foreach (var (x, y) in points)
        {
            if (double.IsFinite(x + y)) path.Append(broken ? 'M' : 'L').Append(N(x)).Append(' ').Append(N(y));
            broken = !double.IsFinite(x + y);
        }
        return path.ToString();
    }

    /// <summary>A coordinate to a tenth of a unit.</summary>
    public static string N(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>An estimate of the width of a label in the page's font, in pixels.</summary>
    public static double Width(string rich, double fontSize) => 0.56 * fontSize * RichText.ToPlain(rich).Length;
}
