using System.Globalization;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Activities.Tables;

namespace ClusterSurvey.Activities.Settings;

/// <summary>The point spread functions of instruments, data/instruments.csv: one row per profile; an instrument is the weighted sum of its rows.</summary>
public sealed class InstrumentTable
{
    private static readonly string[] Columns =
        ["instrument", "aliases", "component", "profile", "core_radius_arcsec", "slope", "half_energy_width_arcsec", "weight", "source"];

    private static readonly Lazy<InstrumentTable> ShippedTable = new(() => Read(Path.Combine(ShippedData.Root, "instruments.csv")));

    private readonly Dictionary<string, List<PsfComponent>> instruments = [];

    private InstrumentTable(string text, string where)
    {
        var records = CsvText.Parse(text, where).ToList();
        if (records.Count < 2 || !records[0].Cells.SequenceEqual(Columns))
            throw new BadInputException(where, records.Count == 0 ? "an empty file" : string.Join(",", records[0].Cells), string.Join(",", Columns), "write the header as it is expected, and at least one row");
        foreach (var record in records.Skip(1)) Add(record, $"{where}:{record.Line}");
    }

    /// <summary>The table that comes with the program.</summary>
    public static InstrumentTable Shipped => ShippedTable.Value;

    /// <exception cref="BadInputException">Not such a table.</exception>
    public static InstrumentTable Read(string path) => Parse(InputFiles.Read(path), path);

    /// <inheritdoc cref="Read"/>
    public static InstrumentTable Parse(string text, string where) => new(text, where);

    /// <summary>The profiles of an instrument, by its name or another that it goes by; case, blanks and dashes do not count. Empty when it is not in the
    /// table, or not known.</summary>
    /// <param name="instrument">The instrument as a sample table names it, or null.</param>
    public IReadOnlyList<PsfComponent> Find(string? instrument) =>
        instrument is not null && instruments.TryGetValue(Plain(instrument), out var found) ? found : [];

    private void Add(CsvRecord record, string where)
    {
        if (record.Cells.Length != Columns.Length)
            throw new BadInputException(where, $"{record.Cells.Length} cells", $"{Columns.Length} as in the header", "complete the row");
        var component = record.Cells[3] switch
        {
            "king" => new PsfComponent(Number(4, 0), Number(5, 1), null, Number(7, 0)),
            "gaussian" => new PsfComponent(null, null, Number(6, 0), Number(7, 0)),
            var other => throw new BadInputException($"{where} profile", $"'{other}'", "king or gaussian", "correct the cell"),
        };
        var name = Plain(record.Cells[0]);
        if (!instruments.TryGetValue(name, out var components)) instruments[name] = components = [];
        components.Add(component);
        foreach (var alias in record.Cells[1].Split(';', StringSplitOptions.RemoveEmptyEntries)) instruments[Plain(alias)] = components;

        double Number(int cell, double above) =>
            double.TryParse(record.Cells[cell], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > above && double.IsFinite(value) ? value
                : throw new BadInputException($"{where} {Columns[cell]}", $"'{record.Cells[cell]}'", string.Create(CultureInfo.InvariantCulture, $"a number above {above}"), "correct the cell");
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
