namespace ClusterSurvey.Runner.Terminal;

/// <summary>A table of text, its columns as wide as they need, whatever the terminal: what is read by people and by awk.</summary>
public static class TextTable
{
    public static void Show(IReadOnlyList<string> header, IEnumerable<string[]> rows)
    {
        var lines = rows.Prepend([.. header]).ToList();
        var widths = Enumerable.Range(0, header.Count).Select(column => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines) Output.Result(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
