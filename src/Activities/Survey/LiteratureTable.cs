using System.Globalization;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Report;
using ClusterSurvey.Activities.Settings;
using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Activities.Survey;

/// <summary>The results of the literature that a report shows beside its own: data/literature.csv, which may be edited.</summary>
public static class LiteratureTable
{
    private static readonly string[] header = ["quantity", "sample", "subsample", "region", "value", "err_low", "err_high", "unit", "status", "notes", "source"];

    /// <summary>The shipped file.</summary>
    public static string Shipped { get; } = Path.Combine(ShippedData.Root, "literature.csv");

    /// <summary>The results of a file.</summary>
    /// <exception cref="BadInputException">Not a table of this form.</exception>
    public static IReadOnlyList<PublishedResult> Read(string path)
    {
        var records = CsvText.Parse(InputFiles.Read(path), path).ToList();
        if (records.Count == 0 || !records[0].Cells.SequenceEqual(header))
            throw new BadInputException(path, records.Count == 0 ? "an empty file" : $"the header {string.Join(',', records[0].Cells)}", $"the header {string.Join(',', header)}", "correct the header");
        return [.. records.Skip(1).Select(record => Row(path, record))];
    }

    private static PublishedResult Row(string path, CsvRecord record)
    {
        var cells = record.Cells;
        if (cells.Length != header.Length) throw new BadInputException($"{path}:{record.Line}", $"{cells.Length} cells", $"{header.Length}: {string.Join(',', header)}", "correct the row");
        var (value, low, high) = (Number(path, record, 4), Number(path, record, 5), Number(path, record, 6));
        if (value is null && (low ?? high) is not null) throw new BadInputException($"{path}:{record.Line}", "an error without a value", "a value, or no error", "correct the row");
        return new PublishedResult(cells[0], cells[1], cells[2], cells[3], value, low, high, cells[7], cells[8], cells[9], cells[10]);
    }

    private static double? Number(string path, CsvRecord record, int column) => record.Cells[column] switch
    {
        "" => null,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        var text => throw new BadInputException($"{path}:{record.Line} {header[column]}", text, "a number, or nothing", "correct the cell"),
    };
}
