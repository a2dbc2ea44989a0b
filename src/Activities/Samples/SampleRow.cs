using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterSurvey.Activities.Samples;

/// <summary>One cluster of a sample. What the table leaves empty is null: unknown, not zero and not no.</summary>
public sealed record SampleRow
{
    public required string Name { get; init; }

    public required double RaDeg { get; init; }

    public required double DecDeg { get; init; }

    public required double Redshift { get; init; }

    /// <summary>R500 in kpc; null when the table gives the angle. Exactly one of the two is there.</summary>
    public double? R500Kpc { get; init; }

    /// <summary>The angle of R500 in arcmin; null when the table gives the length.</summary>
    public double? Theta500Arcmin { get; init; }

    public double? ColumnDensity1E20Cm2 { get; init; }

    public double? M5001E14Msun { get; init; }

    /// <summary>1, 2, or 12 for both.</summary>
    public int? Tier { get; init; }

    /// <summary>In R500.</summary>
    public double? CentroidShift { get; init; }

    public double? Concentration { get; init; }

    public double? Gini { get; init; }

    public double? Zernike { get; init; }

    public string? DynamicalState { get; init; }

    /// <summary>yes, no, mini-halo or candidate.</summary>
    public string? RadioHalo { get; init; }

    public string? Instrument { get; init; }

    /// <summary>s or cm2_s.</summary>
    public string ExposureUnit { get; init; } = "s";

    public double BackgroundFactor { get; init; } = 1;

    /// <summary>The map columns as the table has them, relative to the maps folder.</summary>
    public MapColumns Maps { get; init; } = new();

    /// <summary>Every other cell that is not empty, by column: provenance and the sample's own columns.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The line of the table, for messages.</summary>
    public int Line { get; init; }

    /// <summary>
    /// What the analysis of the cluster's maps depends on, as JSON with a fixed order of properties: steps hash it.
    /// Indicators, notes and the places of files are left out, so that correcting them computes nothing again.
    /// </summary>
    public string ObservationJson() => Canonical(ObservationCells());

    /// <summary>The whole row as JSON with a fixed order of properties: the known columns in their order, then the others by name.</summary>
    public string CanonicalJson()
    {
        var others = Extra.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, (object?)pair.Value));
        return Canonical(Cells().Concat(others));
    }

    /// <summary>The known columns with their typed values, null where unknown.</summary>
    internal IEnumerable<(string Column, object? Value)> Cells() =>
    [
        ("name", Name), ("ra_deg", RaDeg), ("dec_deg", DecDeg), ("redshift", Redshift), ("r500_kpc", R500Kpc), ("theta500_arcmin", Theta500Arcmin),
        ("nh_1e20cm2", ColumnDensity1E20Cm2), ("m500_1e14msun", M5001E14Msun), ("tier", (double?)Tier), ("centroid_shift", CentroidShift),
        ("concentration", Concentration), ("gini", Gini), ("zernike", Zernike), ("dynamical_state", DynamicalState), ("radio_halo", RadioHalo),
        ("instrument", Instrument), ("exposure_unit", ExposureUnit), ("background_factor", BackgroundFactor), ("counts", Maps.Counts),
        ("exposure", Maps.Exposure), ("background", Maps.Background),
        ("mask", Maps.Masks.Count == 0 ? null : string.Join(';', Maps.Masks)), ("nh_map", Maps.ColumnDensity),
    ];

    private IEnumerable<(string Column, object? Value)> ObservationCells() =>
    [
        ("name", Name), ("ra_deg", RaDeg), ("dec_deg", DecDeg), ("redshift", Redshift), ("r500_kpc", R500Kpc), ("theta500_arcmin", Theta500Arcmin),
        ("nh_1e20cm2", ColumnDensity1E20Cm2), ("exposure_unit", ExposureUnit), ("background_factor", BackgroundFactor),
    ];

    private static string Canonical(IEnumerable<(string Column, object? Value)> cells)
    {
        var json = new JsonObject();
        foreach (var (column, value) in cells.Where(cell => cell.Value is not null))
            json[column] = value is double number ? JsonNode.Parse(number.ToString("R", CultureInfo.InvariantCulture)) : JsonValue.Create((string)value!);
        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = false });
    }
}

/// <summary>The files of a row as the table names them; null or empty where it does not.</summary>
public sealed record MapColumns
{
    public string? Counts { get; init; }

    public string? Exposure { get; init; }

    public string? Background { get; init; }

    public IReadOnlyList<string> Masks { get; init; } = [];

    public string? ColumnDensity { get; init; }
}
