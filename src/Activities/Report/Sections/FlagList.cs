using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>Flags in words: a mark that does not rest on colour alone, a name, a meaning.</summary>
internal static class FlagList
{
    public static XElement? Draw(IReadOnlyList<QualityFlag> flags) => flags.Count == 0 ? null : Html.Tag("ul", "flags",
        flags.Select(flag => Html.Tag("li", CssClass(flag.Level), Mark(flag.Level), " ", new XElement("b", flag.Name), ": ", flag.Meaning)));

    /// <summary>How many of a table row's flags ask for attention, worst first.</summary>
    public static XElement Short(IReadOnlyList<QualityFlag> flags)
    {
        var raised = flags.Where(flag => flag.Level >= FlagLevel.Warning).ToArray();
        if (raised.Length == 0) return Html.Tag("span", "ok", "none");
        var worst = raised.Max(flag => flag.Level);
        return Html.Tag("span", CssClass(worst), Html.At("data-tip", string.Join("; ", raised.Select(flag => flag.Name))), Mark(worst), $" {raised.Length}");
    }

    private static XElement Mark(FlagLevel level) => Html.Tag("span", "mark", level switch
    {
        FlagLevel.Passed => "✓ passed",
        FlagLevel.Note => "i note",
        FlagLevel.Warning => "! warning",
        _ => "✗ failed",
    });

    private static string CssClass(FlagLevel level) => level switch { FlagLevel.Passed => "ok", FlagLevel.Note => "note", FlagLevel.Warning => "warn", _ => "bad" };
}
