using System.Globalization;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Activities.Tables;

/// <summary>
/// CSV files of nothing but numbers. The first row is a header unless its first cell is a number; every other row has
/// one finite number per column, with a decimal point whatever the machine's language.
/// </summary>
public static class NumericCsv
{
    private const int MostProblems = 20;

    /// <summary>A text must fit in one string; larger tables belong in .npy or Parquet.</summary>
    private const long LongestBytes = 1_000_000_000;

    /// <exception cref="BadInputException">Every bad row, up to twenty, with its line.</exception>
    public static NumericTable Read(string path) => Parse(InputFiles.Read(path, LongestBytes), path);

    public static NumericTable Parse(string text, string where)
    {
        using var records = CsvText.Parse(text, where).GetEnumerator();
        if (!records.MoveNext()) throw new BadInputException(where, "an empty file", "rows of numbers", "name a file that holds numbers");
        var first = records.Current;
        var hasHeader = !IsNumber(first.Cells[0], out _);
        var columns = hasHeader ? first.Cells : NumericTable.Unnamed(first.Cells.Length);
        var (values, problems) = (new List<double>(), new List<Problem>());
        if (hasHeader) CheckHeader(first, where, problems);
        else AddRow(first, columns, where, values, problems);
        while (problems.Count < MostProblems && records.MoveNext()) AddRow(records.Current, columns, where, values, problems);
        if (problems.Count > 0) throw new BadInputException(problems);
        return new NumericTable(columns, [.. values]);
    }

    /// <summary>Writes a header and the shortest text of every number that reads back the same, atomically.</summary>
    public static void Write(string path, NumericTable table) =>
        CsvText.Write(path, table.Columns, Enumerable.Range(0, table.RowCount).Select(row => Cells(table, row)));

    internal static bool IsNumber(string cell, out double value) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static string[] Cells(NumericTable table, int row)
    {
        var cells = new string[table.ColumnCount];
        for (var i = 0; i < cells.Length; i++) cells[i] = CsvText.Number(table[row, i]);
        return cells;
    }

    private static void CheckHeader(CsvRecord header, string where, List<Problem> problems)
    {
        foreach (var name in header.Cells.GroupBy(cell => cell).Where(group => group.Key.Length == 0 || group.Count() > 1).Select(group => group.Key))
            problems.Add(new Problem($"{where}:{header.Line}", name.Length == 0 ? "a column without a name" : $"the column '{name}' twice", "a header with distinct names", "name every column once"));
    }

    private static void AddRow(CsvRecord record, string[] columns, string where, List<double> values, List<Problem> problems)
    {
        if (record.Cells.Length != columns.Length)
        {
            problems.Add(new Problem($"{where}:{record.Line}", $"{record.Cells.Length} cells", $"{columns.Length} as in the first row", "complete the row"));
            return;
        }
        for (var i = 0; i < columns.Length; i++)
        {
            if (IsNumber(record.Cells[i], out var value) && double.IsFinite(value)) values.Add(value);
            else problems.Add(new Problem($"{where}:{record.Line} column '{columns[i]}'", record.Cells[i].Length == 0 ? "an empty cell" : $"'{record.Cells[i]}'", "a finite number with a decimal point", "correct or remove the row"));
        }
    }
}
