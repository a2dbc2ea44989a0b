using System.Globalization;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Samples;

/// <summary>Turns the cells of one line into a row, and says everything that is wrong with them.</summary>
internal sealed class SampleRowReader(string where, int line, IReadOnlyDictionary<string, string> cells, List<Problem> problems)
{
    private static readonly string[] HaloWords = ["yes", "no", "mini-halo", "candidate"];

    /// <summary>The row; cells with a problem count as empty in it.</summary>
    public SampleRow Read()
    {
        var row = new SampleRow
        {
            Name = Required("name"),
            RaDeg = RequiredNumber("ra_deg", value => value is >= 0 and < 360, "0 to 360"),
            DecDeg = RequiredNumber("dec_deg", value => value is >= -90 and <= 90, "-90 to 90"),
            Redshift = RequiredNumber("redshift", value => value is > 0 and < 10, "above 0 and below 10"),
            R500Kpc = Number("r500_kpc", value => value > 0, "above 0"),
            Theta500Arcmin = Number("theta500_arcmin", value => value > 0, "above 0"),
            ColumnDensity1E20Cm2 = Number("nh_1e20cm2", value => value >= 0, "from 0"),
            M5001E14Msun = Number("m500_1e14msun", value => value > 0, "above 0"),
            Tier = (int?)Number("tier", value => value is 1 or 2 or 12, "1, 2 or 12"),
            CentroidShift = Number("centroid_shift", value => value is >= 0 and < 1, "from 0 to 1, in R500 (not in thousandths)"),
            Concentration = Number("concentration", value => value >= 0, "from 0"),
            Gini = Number("gini", value => value is >= 0 and <= 1, "0 to 1"),
            Zernike = Number("zernike", value => value >= 0, "from 0"),
            DynamicalState = Text("dynamical_state"),
            RadioHalo = ReadHalo(),
            Instrument = Text("instrument"),
            ExposureUnit = Choice("exposure_unit", ["s", "cm2_s"]) ?? "s",
            BackgroundFactor = Number("background_factor", value => value >= 0, "from 0") ?? 1,
            Maps = ReadMaps(),
            Extra = ReadExtra(),
            Line = line,
        };
        CheckRadius(row);
        return row;
    }

    private string? Text(string column) => cells.TryGetValue(column, out var cell) && cell.Length > 0 ? cell : null;

    private string Required(string column)
    {
        if (Text(column) is { } text) return text;
        Report(column, "an empty cell", "a value", "fill in the cell");
        return "";
    }

    private double RequiredNumber(string column, Func<double, bool> allowed, string range)
    {
        if (Text(column) is null) Report(column, "an empty cell", $"a number, {range}", "fill in the cell, or leave the row out");
        return Number(column, allowed, range) ?? 0;
    }

    private double? Number(string column, Func<double, bool> allowed, string range)
    {
        if (Text(column) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && allowed(value)) return value;
        Report(column, $"'{text}'", $"a number, {range}", "correct the cell; leave it empty if the value is unknown");
        return null;
    }

    private string? Choice(string column, string[] choices)
    {
        if (Text(column) is not { } text || choices.Contains(text)) return Text(column);
        Report(column, $"'{text}'", string.Join(", ", choices), Spelling.Suggest(text, choices));
        return null;
    }

    private string? ReadHalo() => Text("radio_halo")?.ToLowerInvariant() switch
    {
        "true" or "1" => "yes",
        "false" or "0" => "no",
        _ => Choice("radio_halo", HaloWords),
    };

    private MapColumns ReadMaps() => new()
    {
        Counts = Text("counts"),
        Exposure = Text("exposure"),
        Background = Text("background"),
        Masks = Text("mask")?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        ColumnDensity = Text("nh_map"),
    };

    private SortedDictionary<string, string> ReadExtra()
    {
        var extra = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string[] untyped = ["alt_name", "provenance", "notes"];
        foreach (var (column, cell) in cells)
        {
            if (cell.Length > 0 && (untyped.Contains(column) || !SampleColumns.Names.Contains(column))) extra[column] = cell;
        }
        return extra;
    }

    private void CheckRadius(SampleRow row)
    {
        var (length, angle) = (Text("r500_kpc") is not null, Text("theta500_arcmin") is not null);
        if (length && angle) Report("r500_kpc", "both r500_kpc and theta500_arcmin", "one of them", "empty one: the other follows from the redshift");
        if (!length && !angle) Report("r500_kpc", "neither r500_kpc nor theta500_arcmin", "one of them", "fill in one");
        if (row.Maps.Counts is null != row.Maps.Exposure is null)
            Report(row.Maps.Counts is null ? "counts" : "exposure", "an empty cell", "both counts and exposure, or neither",
                "name both maps, or leave both to the layout of the maps folder");
    }

    private void Report(string column, string found, string expected, string remedy) =>
        problems.Add(new Problem($"{where}:{line}{(Text("name") is { } name ? $" ({name})" : "")} {column}", found, expected, remedy));
}
