using System.Text;
using System.Xml.Linq;

namespace ClusterSurvey.Activities.Report.Markup;

/// <summary>Labels with sub- and superscripts: <c>R_{500}</c>, <c>kpc^{−2}</c>. Everything else is plain text.</summary>
public static class RichText
{
    /// <summary>As nodes of a page: text, sub, sup.</summary>
    public static object[] ToHtml(string rich) =>
        [.. Parts(rich).Select(part => part.Shift switch { '_' => (object)new XElement("sub", part.Text), '^' => new XElement("sup", part.Text), _ => part.Text })];

    /// <summary>As children of an SVG text element; the line returns to its height after each shift.</summary>
    public static object[] ToSvg(string rich)
    {
        var nodes = new List<object>();
        var back = "";
        foreach (var (shift, text) in Parts(rich))
        {
            var offset = shift switch { '_' => ".28em", '^' => "-.4em", _ => back };
            var span = new XElement("tspan", text);
            if (offset.Length > 0) span.SetAttributeValue("dy", offset);
            if (shift != ' ') span.SetAttributeValue("class", "sm");
            back = shift switch { '_' => "-.21em", '^' => ".3em", _ => "" };
            nodes.Add(shift == ' ' && offset.Length == 0 ? text : span);
        }
        return [.. nodes];
    }

    /// <summary>As plain text, for tables of data and labels read aloud.</summary>
    public static string ToPlain(string rich)
    {
        var text = new StringBuilder();
        foreach (var part in Parts(rich)) text.Append(part.Shift == '^' ? "^" : "").Append(part.Text);
        return text.ToString();
    }

    private static IEnumerable<(char Shift, string Text)> Parts(string rich)
    {
        var at = 0;
        while (at < rich.Length)
        {
            var open = rich.IndexOf('{', at + 1);
            while (open > 0 && rich[open - 1] is not ('_' or '^')) open = rich.IndexOf('{', open + 1);
            var close = open < 0 ? -1 : rich.IndexOf('}', open);
            if (close < 0) break;
            if (open - 1 > at) yield return (' ', rich[at..(open - 1)]);
            yield return (rich[open - 1], rich[(open + 1)..close]);
            at = close + 1;
        }
        if (at < rich.Length) yield return (' ', rich[at..]);
    }
}
