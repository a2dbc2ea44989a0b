using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace ClusterSurvey.Activities.Report.Markup;

/// <summary>
/// Writes a tree as text that is both HTML and well-formed XML: void elements close themselves, all others have an
/// end tag, text is escaped, and characters that neither language allows become U+FFFD.
/// </summary>
public static class HtmlWriter
{
    private static readonly HashSet<string> Void = ["area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"];

    public static string Write(XElement root)
    {
        var text = new StringBuilder(1 << 20).Append("<!DOCTYPE html>\n");
        Write(root, text);
        return text.Append('\n').ToString();
    }

    private static void Write(XElement element, StringBuilder text)
    {
        var name = element.Name.LocalName;
        text.Append('<').Append(name);
        foreach (var attribute in element.Attributes())
        {
            text.Append(' ').Append(attribute.Name.LocalName).Append("=\"");
            Escape(attribute.Value, text, quoted: true);
            text.Append('"');
        }
        if (Void.Contains(name))
        {
            text.Append(" />");
            return;
        }
        text.Append('>');
        if (name is "script" or "style") WriteRaw(element.Value, text);
        else WriteChildren(element, text);
        text.Append("</").Append(name).Append('>');
    }

    private static void WriteChildren(XElement element, StringBuilder text)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XElement child) Write(child, text);
            else if (node is XText plain) Escape(plain.Value, text, quoted: false);
        }
    }

    /// <summary>Script and style are raw text in HTML: for XML they stand in a CDATA section, which both languages see as a comment.</summary>
    private static void WriteRaw(string content, StringBuilder text)
    {
        if (content.Contains("]]>", StringComparison.Ordinal) || content.Contains("</", StringComparison.Ordinal))
            throw new ArgumentException("script or style holds ']]>' or '</', which would end it; write it without", nameof(content));
        text.Append("/*<![CDATA[*/\n").Append(content).Append("\n/*]]>*/");
    }

    private static void Escape(string value, StringBuilder text, bool quoted)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])) text.Append(c).Append(value[++i]);
            else if (!XmlConvert.IsXmlChar(c)) text.Append('\uFFFD');
            else if (c == '&') text.Append("&amp;");
            else if (c == '<') text.Append("&lt;");
            else if (c == '>') text.Append("&gt;");
            else if (quoted && c == '"') text.Append("&quot;");
            else text.Append(c);
        }
    }
}
