using ClusterSurvey.Foundation;

namespace ClusterSurvey.Activities.Samples;

/// <summary>The kinds of cells in a sample table.</summary>
public enum SampleColumnKind
{
    Text,
    Number,
    Path,
}

/// <summary>A column that means something to the survey.</summary>
public sealed record SampleColumn(string Name, SampleColumnKind Kind, string Unit, string Meaning);

/// <summary>
/// The columns of a sample table. Those below are known; columns that end in _source, and any other name that
/// is not nearly a known one, are kept as text and can be used in the conditions of sub-samples.
/// </summary>
public static class SampleColumns
{
    public static IReadOnlyList<SampleColumn> Known { get; } =
    [
        Text("name", "name of the cluster, distinct"),
        Number("ra_deg", "deg", "right ascension of the centre, J2000, 0 to 360"),
        Number("dec_deg", "deg", "declination of the centre, J2000, -90 to 90"),
        Number("redshift", "1", "redshift, above 0"),
        Number("r500_kpc", "kpc", "R500; this or theta500_arcmin, the other follows from the cosmology"),
        Number("theta500_arcmin", "arcmin", "angle of R500; this or r500_kpc"),
        Number("nh_1e20cm2", "1e20 cm^-2", "hydrogen column density"),
        Number("m500_1e14msun", "1e14 Msun", "mass within R500"),
        Number("tier", "1", "CHEX-MATE tier: 1 (low redshift), 2 (massive), 12 (both)"),
        Number("centroid_shift", "R500", "centroid shift w"),
        Number("concentration", "1", "surface-brightness concentration"),
        Number("gini", "1", "Gini coefficient of the surface brightness"),
        Number("zernike", "1", "Zernike moment C_Z"),
        Text("dynamical_state", "relaxed, mixed or disturbed, or any word of the sample's authors"),
        Text("radio_halo", "yes, no, mini-halo or candidate; true/false and 1/0 are read as yes/no"),
        Text("instrument", "instrument of the maps; its point spread function is looked up in data/instruments.csv"),
        Text("exposure_unit", "unit of the exposure map: s (default) or cm2_s"),
        Number("background_factor", "1", "factor on the background map, default 1"),
        Path("counts", "counts map"),
        Path("exposure", "exposure map"),
        Path("background", "particle background map, in counts"),
        Path("mask", "region files (.reg) or FITS masks, separated by ';'"),
        Path("nh_map", "map of the hydrogen column density, in cm^-2"),
        Text("alt_name", "another name"),
        Text("provenance", "where the row comes from"),
        Text("notes", "remarks"),
    ];

    internal static IReadOnlyList<string> Names { get; } = [.. Known.Select(column => column.Name)];

    /// <summary>What people write and what they mean: too far apart in letters to be found by distance.</summary>
    private static readonly Dictionary<string, string> OtherWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["z"] = "redshift", ["cluster"] = "name", ["ra"] = "ra_deg", ["dec"] = "dec_deg", ["r500"] = "r500_kpc", ["theta500"] = "theta500_arcmin",
        ["m500"] = "m500_1e14msun", ["nh"] = "nh_1e20cm2", ["w"] = "centroid_shift", ["expo"] = "exposure", ["bkg"] = "background", ["regions"] = "mask",
    };

    /// <summary>The known column that this unknown one is nearly, or null when it is a column of the sample's own.</summary>
    public static string? NearMiss(string column)
    {
        if (Names.Contains(column) || column.EndsWith("_source", StringComparison.Ordinal)) return null;
        if (OtherWords.TryGetValue(column, out var meant)) return meant;
        var nearest = Spelling.Nearest(column, Names);
        return nearest is not null && Spelling.Distance(column, nearest) <= (column.Length < 4 ? 0 : 2) ? nearest : null;
    }

    private static SampleColumn Text(string name, string meaning) => new(name, SampleColumnKind.Text, "", meaning);

    private static SampleColumn Number(string name, string unit, string meaning) => new(name, SampleColumnKind.Number, unit, meaning);

    private static SampleColumn Path(string name, string meaning) => new(name, SampleColumnKind.Path, "", $"{meaning}, relative to the maps folder");
}
