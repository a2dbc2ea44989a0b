using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Plots;

namespace ClusterSurvey.Activities.Report.Files;

/// <summary>A figure that stands without its page: its drawings laid out on one white sheet, every element with its own colours and widths.</summary>
/// <param name="Root">The sheet as SVG 1.1.</param>
public sealed record FigureSheet(XElement Root)
{
    private const double Widest = 1120, Margin = 6, Gap = 16;

    private static readonly XNamespace svg = "http://www.w3.org/2000/svg";
    private static readonly HashSet<string> described = ["class", "data-tip", "role", "aria-label"];

    /// <summary>Lays out the drawings of a figure, side by side while there is room, as a page does.</summary>
    public static FigureSheet Of(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var content = new XElement(svg + "g");
        double x = Margin, y = Margin, rowHeight = 0, width = 0;
        foreach (var drawing in figure.Drawings.SelectMany(element => element.DescendantsAndSelf("svg")))
        {
            var (wide, high) = (DrawingStyle.Number(drawing.Attribute("width")!.Value), DrawingStyle.Number(drawing.Attribute("height")!.Value));
            if (x > Margin && x + wide > Widest) (x, y, rowHeight) = (Margin, y + rowHeight + Gap, 0);
            content.Add(new XElement(svg + "g", new XAttribute("transform", $"translate({Svg.N(x)} {Svg.N(y)})"), Styled(drawing.Nodes(), new Dictionary<string, string>())));
            (x, rowHeight, width) = (x + wide + Gap, Math.Max(rowHeight, high), Math.Max(width, x + wide));
        }
        var (across, down) = (Svg.N(width + Margin), Svg.N(y + rowHeight + Margin));
        return new FigureSheet(new XElement(svg + "svg", new XAttribute("width", across), new XAttribute("height", down), new XAttribute("viewBox", $"0 0 {across} {down}"),
            new XAttribute("font-family", "Inter, Helvetica, Arial, sans-serif"), new XElement(svg + "title", Markup.RichText.ToPlain(figure.Caption)),
            new XElement(svg + "rect", new XAttribute("width", across), new XAttribute("height", down), new XAttribute("fill", DrawingStyle.Paper)), content));
    }

    /// <summary>The sheet as a file of SVG.</summary>
    public string ToSvg() => new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").Append(Root.ToString(SaveOptions.DisableFormatting)).Append('\n').ToString();

    // Neighbours of one tag and class have one style, which is worked out once.
    private static IEnumerable<object> Styled(IEnumerable<XNode> nodes, IReadOnlyDictionary<string, string> inherited)
    {
        var known = new Dictionary<(string, string?), IReadOnlyDictionary<string, string>>();
        foreach (var node in nodes)
        {
            if (node is not XElement element)
            {
                yield return new XText(((XText)node).Value);
                continue;
            }
            var key = (element.Name.LocalName, (string?)element.Attribute("class"));
            if (!known.TryGetValue(key, out var style)) known[key] = style = DrawingStyle.OfPages.Of(element, inherited);
            yield return Styled(element, style);
        }
    }

    // Groups hand their style on; only what is painted carries it.
    private static XElement Styled(XElement element, IReadOnlyDictionary<string, string> style)
    {
        var name = element.Name.LocalName;
        var copy = new XElement(svg + name, element.Attributes().Where(attribute => !described.Contains(attribute.Name.LocalName)));
        if (name is not "g") copy.Add(style.Where(property => Applies(name, property.Key, property.Value)).OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => new XAttribute(property.Key, property.Value)));
        if ((string?)element.Attribute("data-tip") is { } tip) copy.Add(new XElement(svg + "title", tip));
        copy.Add(Styled(element.Nodes(), style));
        return copy;
    }

    private static bool Applies(string element, string property, string value) => property switch
    {
        "font-size" or "font-weight" or "paint-order" => element is "text" or "tspan",
        "opacity" => value != "1",
        "fill-rule" => element == "path",
        _ => element != "image",
    };

    /// <summary>A length of the sheet, in pixels of 1/96 inch.</summary>
    public double Length(string attribute) => double.Parse(Root.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
