using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ClusterSurvey.Activities.Report.Markup;

namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>The numbers behind a figure. A cell is a text or a number; a number that is not finite is left empty.</summary>
/// <param name="FileName">Name under which it is saved.</param>
/// <param name="Columns">Names, with units.</param>
/// <param name="Rows">As many cells as there are columns.</param>
public sealed record DataTable(string FileName, IReadOnlyList<string> Columns, IReadOnlyList<object[]> Rows)
{
    private const int MostRowsShown = 60;

    /// <summary>A folded table, if it is short, and a link that saves it as CSV.</summary>
    public XElement Draw() => Rows.Count > MostRowsShown
        ? Html.Tag("p", "data", Download())
        : Html.Details("data", "Data: table and CSV", open: false, Html.ScrollBox(Table(), "Data"), Html.Tag("p", null, Download()));

    /// <summary>A folded table, if it is short; for numbers that have a file of their own.</summary>
    public XElement? Fold() => Rows.Count > MostRowsShown ? null : Html.Details("data", "Data", open: false, Html.ScrollBox(Table(), "Data"));

    public string ToCsv()
    {
        var text = new StringBuilder().AppendJoin(',', Columns.Select(Quote)).Append('\n');
        foreach (var row in Rows) text.AppendJoin(',', row.Select(cell => Quote(Plain(cell)))).Append('\n');
        return text.ToString();
    }

    private XElement Download() => Html.Tag("a", "csv", Html.At("download", FileName),
        Html.At("href", "data:text/csv;charset=utf-8;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(ToCsv()))), "Save the data as CSV");

    private XElement Table() => new("table",
        Html.Headings(Columns),
        new XElement("tbody", Rows.Select(row => new XElement("tr", row.Select(cell => Html.Tag("td", cell is string ? null : "n", Shown(cell)))))));

    private static string Shown(object cell) => cell is double number ? NumberText.Significant(number, 4) : Plain(cell);

    private static string Plain(object cell) => cell switch
    {
        double number => double.IsFinite(number) ? number.ToString("G6", CultureInfo.InvariantCulture) : "",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };

    /// <summary>Quotes as RFC 4180 asks; a text that a spreadsheet would take for a formula gets an apostrophe.</summary>
    private static string Quote(string cell)
    {
        if (cell.Length > 0 && "=@+".Contains(cell[0], StringComparison.Ordinal)) cell = "'" + cell;
        return cell.AsSpan().ContainsAny(",\"\r\n") ? "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : cell;
    }
}
