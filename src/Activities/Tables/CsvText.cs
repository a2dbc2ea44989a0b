using System.Globalization;
using System.Text;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Tables;

/// <summary>One record of a CSV file and the line on which it starts, from 1.</summary>
public readonly record struct CsvRecord(int Line, string[] Cells);

/// <summary>
/// Comma-separated text by RFC 4180: quoted cells may hold commas, quotes (doubled) and line breaks. Blank lines and a
/// byte-order mark are skipped. Cells are trimmed unless quoted.
/// </summary>
public static class CsvText
{
    /// <exception cref="BadInputException">A quote that is never closed, or text after a closing quote.</exception>
    public static IEnumerable<CsvRecord> Parse(string text, string where)
    {
        var (at, line) = (text.StartsWith('\uFEFF') ? 1 : 0, 1);
        while (at < text.Length)
        {
            var start = line;
            var cells = ReadRecord(text, where, ref at, ref line);
            if (cells.Count > 1 || cells[0].Length > 0) yield return new CsvRecord(start, [.. cells]);
        }
    }

    /// <summary>Writes a table with a header row, atomically; cells are quoted where they must be.</summary>
    public static void Write(string path, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        AtomicFile.Write(path, stream => Write(stream, columns, rows));

    /// <summary>Writes a table with a header row into a stream, which stays open.</summary>
    public static void Write(Stream stream, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        WriteRecord(writer, columns);
        foreach (var row in rows)
        {
            if (row.Count != columns.Count) throw new ArgumentException($"found a row of {row.Count} cells, expected {columns.Count}", nameof(rows));
            WriteRecord(writer, row);
        }
    }

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static List<string> ReadRecord(string text, string where, ref int at, ref int line)
    {
        var cells = new List<string>();
        while (true)
        {
            cells.Add(at < text.Length && text[at] == '"' ? ReadQuoted(text, where, ref at, ref line) : ReadPlain(text, ref at));
            if (at < text.Length && text[at] == ',') { at++; continue; }
            SkipLineBreak(text, ref at, ref line);
            return cells;
        }
    }

    private static string ReadPlain(string text, ref int at)
    {
        var length = text.AsSpan(at).IndexOfAny(",\r\n");
        var cell = (length < 0 ? text.AsSpan(at) : text.AsSpan(at, length)).Trim().ToString();
        at = length < 0 ? text.Length : at + length;
        return cell;
    }

    private static string ReadQuoted(string text, string where, ref int at, ref int line)
    {
        var (cell, start) = (new StringBuilder(), line);
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '\n') line++;
            if (text[at] != '"') { cell.Append(text[at]); continue; }
            if (at + 1 < text.Length && text[at + 1] == '"') { cell.Append('"'); at++; continue; }
            at++;
            while (at < text.Length && text[at] is ' ' or '\t') at++;
            if (at < text.Length && text[at] is not (',' or '\r' or '\n'))
                throw new BadInputException($"{where}:{line}", $"'{text[at]}' after a closing quote", "a comma or the end of the line", "double the quotes inside a quoted cell");
            return cell.ToString();
        }
        throw new BadInputException($"{where}:{start}", "a quote that is never closed", "a closing quote", "close the quoted cell");
    }

    private static void SkipLineBreak(string text, ref int at, ref int line)
    {
        if (at < text.Length && text[at] == '\r') at++;
        if (at < text.Length && text[at] == '\n') at++;
        line++;
    }

    private static void WriteRecord(StreamWriter writer, IReadOnlyList<string> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0) writer.Write(',');
            writer.Write(Quote(cells[i]));
        }
        writer.WriteLine();
    }

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 || cell.AsSpan().Trim().Length != cell.Length ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
