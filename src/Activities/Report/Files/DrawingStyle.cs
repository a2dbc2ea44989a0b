using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ClusterSurvey.Activities.Report.Files;

/// <summary>
/// How the stylesheet of a page paints the elements of a drawing, worked out: the light colours, as presentation attributes of SVG, so that a drawing can stand without its page. Knows what the drawings'
/// rules use: selectors of tags and classes with at most one ancestor, lengths in pixels or em of the parent's font.
/// </summary>
internal sealed partial class DrawingStyle
{
    private static readonly HashSet<string> properties = ["fill", "fill-rule", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "font-size", "font-weight", "paint-order"];

    private readonly List<(string[] Ancestor, string[] Element, int Weight, string Name, string Value)> rules = [];

    private DrawingStyle(string colours, string sheet)
    {
        var named = Colour().Matches(colours).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        foreach (Match rule in Rule().Matches(sheet))
            foreach (var selector in rule.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries).Where(selector => !selector.Contains('>', StringComparison.Ordinal)))
                foreach (var (name, value) in rule.Groups[2].Value.Split(';', StringSplitOptions.RemoveEmptyEntries).SelectMany(Declaration))
                    Add(selector, name, Variable().Replace(value, match => named[match.Groups[1].Value]));
    }

    /// <summary>The style of the report's pages in their light colours.</summary>
    public static DrawingStyle OfPages { get; } = new(Stylesheet.Light, Stylesheet.Drawings);

    /// <summary>The colour of a page without anything on it.</summary>
    public const string Paper = "#fff";

    /// <summary>What an element inherits, overridden by what the rules say of it. Opacity is the product of all around it; a font size is in pixels.</summary>
    public IReadOnlyDictionary<string, string> Of(XElement element, IReadOnlyDictionary<string, string> inherited)
    {
        var style = new Dictionary<string, string>(inherited);
        foreach (var rule in rules.Where(rule => Matches(element, rule.Element) && (rule.Ancestor.Length == 0 || element.Ancestors().Any(ancestor => Matches(ancestor, rule.Ancestor)))).OrderBy(rule => rule.Weight))
            style[rule.Name] = rule.Name switch
            {
                "opacity" => Text(Number(rule.Value) * (inherited.TryGetValue("opacity", out var around) ? Number(around) : 1)),
                "font-size" when rule.Value.EndsWith("em", StringComparison.Ordinal) => Text(Number(rule.Value[..^2]) * Number(inherited["font-size"])),
                _ => rule.Value,
            };
        return style;
    }

    private void Add(string selector, string name, string value)
    {
        var parts = selector.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!properties.Contains(name) || parts.Length > 2) return;
        // Classes weigh more than tags; of equal weights the later rule counts, for the order is kept.
        var weight = parts.Sum(part => 100 * part.Count(c => c == '.') + (part[0] == '.' ? 0 : 1));
        rules.Add((parts.Length == 2 ? Split(parts[0]) : [], Split(parts[^1]), weight, name, value.EndsWith("px", StringComparison.Ordinal) ? value[..^2] : value));
    }

    // A tag, or nothing, and its classes.
    private static string[] Split(string selector) => selector.Split('.');

    private static bool Matches(XElement element, string[] selector)
    {
        if (selector[0].Length > 0 && element.Name.LocalName != selector[0]) return false;
        var classes = ((string?)element.Attribute("class"))?.Split(' ') ?? [];
        return selector.Skip(1).All(classes.Contains);
    }

    private static IEnumerable<(string Name, string Value)> Declaration(string declaration)
    {
        var colon = declaration.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return [];
        var (name, value) = (declaration[..colon].Trim(), declaration[(colon + 1)..].Trim());
        return name == "font" ? [("font-size", value.Split(' ')[0])] : [(name, value)];
    }

    internal static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    internal static string Text(double number) => Math.Round(number, 3).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"--(\w+):([^;]+);")]
    private static partial Regex Colour();

    [GeneratedRegex(@"var\(--(\w+)\)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"([^{}]+)\{([^{}]*)\}")]
    private static partial Regex Rule();
}
