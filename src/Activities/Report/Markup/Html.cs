using System.Xml.Linq;

namespace ClusterSurvey.Activities.Report.Markup;

/// <summary>Short constructors for the elements of a page. Text given as a string is text: the writer escapes it.</summary>
public static class Html
{
    /// <summary>An element with a class (null for none); content as <see cref="XElement"/> takes it.</summary>
    public static XElement Tag(string name, string? cssClass, params object?[] content)
    {
        var element = new XElement(name, content);
        if (cssClass is not null) element.SetAttributeValue("class", cssClass);
        return element;
    }

    public static XAttribute At(string name, string value) => new(name, value);

    /// <summary>The head of a table: one row of column headings.</summary>
    public static XElement Headings(IEnumerable<object> headings) =>
        new("thead", new XElement("tr", headings.Select(heading => Tag("th", null, At("scope", "col"), heading))));

    /// <summary>The cell that names a row.</summary>
    public static XElement RowHeading(params object?[] content) => Tag("th", null, At("scope", "row"), content);

    /// <summary>A block that opens on demand.</summary>
    public static XElement Details(string? cssClass, object summary, bool open, params object?[] content)
    {
        var details = Tag("details", cssClass, new XElement("summary", summary), content);
        if (open) details.SetAttributeValue("open", "open");
        return details;
    }

    /// <summary>A table that scrolls sideways inside its own box, with a caption for those who cannot see it in context.</summary>
    public static XElement ScrollBox(XElement content, string label) =>
        Tag("div", "scroll", At("role", "region"), At("tabindex", "0"), At("aria-label", label), content);
}
