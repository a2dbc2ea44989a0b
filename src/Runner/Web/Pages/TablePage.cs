using System.Globalization;
using System.Xml.Linq;
using ClusterSurvey.Activities.Tables;
using Microsoft.AspNetCore.Http;
using static ClusterSurvey.Activities.Report.Markup.Html;

namespace ClusterSurvey.Runner.Web.Pages;

/// <summary>How a table is looked at.</summary>
/// <param name="Find">Text that a row must hold; empty for all.</param>
/// <param name="Sort">The column by which rows are sorted; empty for the order of the file.</param>
/// <param name="Descending">True for the largest first.</param>
/// <param name="Page">Which page, from 1.</param>
internal sealed record TableView(string Find, string Sort, bool Descending, int Page)
{
    public static TableView Of(IQueryCollection query) => new(
        query["find"].ToString().Trim(), query["sort"].ToString(), query["order"] == "down", int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1);

    /// <summary>The address of the same view with changes.</summary>
    public string Address() => $"?find={Uri.EscapeDataString(Find)}&sort={Uri.EscapeDataString(Sort)}&order={(Descending ? "down" : "up")}&page={Page.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>A table of a run: sorted and searched on the server, so that large ones stay light.</summary>
internal static class TablePage
{
    private const int RowsPerPage = 100;
    private const int MostRowsShown = 500_000;

    public static IResult Show(RunView run, string table, TableView view)
    {
        if (!run.Tables.Contains(table)) return ErrorPage.NotFound($"The table {table}");
        var (_, _, columns) = ParquetTable.Read(PathOf(run, table));
        var count = columns.Count == 0 ? 0 : columns[0].Values.Length;
        var path = $"/runs/{Uri.EscapeDataString(run.Folder.Id)}";
        var downloads = new XElement("p", Layout.Link(path, $"Back to {run.Folder.Id}"), " ", Layout.Link($"{path}/tables/{table}/csv", "CSV"), " ", Layout.Link($"{path}/tables/{table}/parquet", "Parquet"));
        if (count > MostRowsShown) return Layout.Page(table, "/runs", [downloads, new XElement("p", string.Create(CultureInfo.InvariantCulture, $"{count} rows: too many to show; load them down."))]);
        var rows = Ordered(columns, Found(columns, count, view.Find), view);
        var pages = Math.Max(1, (rows.Count + RowsPerPage - 1) / RowsPerPage);
        var shown = view with { Page = Math.Min(view.Page, pages) };
        return Layout.Page(table, "/runs",
        [
            downloads, Search(shown),
            Tag("p", "fine", At("role", "status"), string.Create(CultureInfo.InvariantCulture, $"{rows.Count} of {count} rows{(pages > 1 ? $", page {shown.Page} of {pages}" : "")}")),
            ScrollBox(new XElement("table", Heading(columns, shown), new XElement("tbody", rows.Skip((shown.Page - 1) * RowsPerPage).Take(RowsPerPage).Select(row => new XElement("tr", columns.Select(column => Cell(column, row)))))), table),
            Pages(shown, pages),
        ]);
    }

    public static IResult Parquet(RunView run, string table)
        => run.Tables.Contains(table) ? Results.File(PathOf(run, table), "application/vnd.apache.parquet", $"{run.Folder.Id}-{table}.parquet") : ErrorPage.NotFound($"The table {table}");

    public static IResult Csv(RunView run, string table)
    {
        if (!run.Tables.Contains(table)) return ErrorPage.NotFound($"The table {table}");
        var (_, _, columns) = ParquetTable.Read(PathOf(run, table));
        var count = columns.Count == 0 ? 0 : columns[0].Values.Length;
        using var text = new MemoryStream();
        CsvText.Write(text, [.. columns.Select(column => column.Name)], Enumerable.Range(0, count).Select(row => (IReadOnlyList<string>)[.. columns.Select(column => Exact(column.Values.GetValue(row)))]));
        return Results.File(text.ToArray(), "text/csv; charset=utf-8", $"{run.Folder.Id}-{table}.csv");
    }

    private static string PathOf(RunView run, string table) => run.Folder.FileAt($"{table}.parquet");

    private static List<int> Found(IReadOnlyList<TableColumn> columns, int count, string words)
    {
        var all = Enumerable.Range(0, count);
        return words.Length == 0 ? [.. all] : [.. all.Where(row => columns.Any(column => Shown(column.Values.GetValue(row)).Contains(words, StringComparison.OrdinalIgnoreCase)))];
    }

    private static List<int> Ordered(IReadOnlyList<TableColumn> columns, List<int> rows, TableView view)
    {
        if (columns.FirstOrDefault(column => column.Name == view.Sort) is not { } column) return rows;
        // What is missing comes last, whichever way the rest is sorted.
        var known = rows.Where(row => column.Values.GetValue(row) is not null);
        var missing = rows.Where(row => column.Values.GetValue(row) is null);
        var order = Comparer<object?>.Default;
        return [.. view.Descending ? known.OrderByDescending(row => column.Values.GetValue(row), order) : known.OrderBy(row => column.Values.GetValue(row), order), .. missing];
    }

    private static XElement Search(TableView view) => Tag("form", "search", At("method", "get"), At("role", "search"),
        new XElement("label", At("for", "find"), "Rows with"), new XElement("input", At("id", "find"), At("name", "find"), At("type", "search"), At("value", view.Find)),
        new XElement("input", At("type", "hidden"), At("name", "sort"), At("value", view.Sort)), new XElement("input", At("type", "hidden"), At("name", "order"), At("value", view.Descending ? "down" : "up")),
        new XElement("button", At("type", "submit"), "Find"));

    private static XElement Heading(IReadOnlyList<TableColumn> columns, TableView view) => new("thead", new XElement("tr", columns.Select(column =>
    {
        var isSorted = column.Name == view.Sort;
        var next = view with { Sort = column.Name, Descending = isSorted && !view.Descending, Page = 1 };
        return new XElement("th", At("scope", "col"), isSorted ? At("aria-sort", view.Descending ? "descending" : "ascending") : null, Tag("a", "sort", At("href", next.Address()), column.Name, isSorted ? view.Descending ? " \u2193" : " \u2191" : ""),
            column.Unit is "" or "1" ? null : Tag("span", "in", column.Unit));
    })));

    private static XElement Cell(TableColumn column, int row)
    {
        var value = column.Values.GetValue(row);
        return Tag("td", value is string or null ? null : "n", Shown(value));
    }

    private static XElement? Pages(TableView view, int pages) => pages == 1 ? null : Tag("div", "tools",
        view.Page > 1 ? Layout.Link((view with { Page = view.Page - 1 }).Address(), "Previous page") : null,
        view.Page < pages ? Layout.Link((view with { Page = view.Page + 1 }).Address(), "Next page") : null);

    private static string Shown(object? value) => value switch
    {
        null => "",
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        float number => number.ToString("G6", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Exact(object? value) => value is double number ? CsvText.Number(number) : value is null ? "" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
