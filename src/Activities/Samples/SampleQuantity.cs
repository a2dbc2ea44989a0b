namespace ClusterSurvey.Activities.Samples;

/// <summary>A quantity of clusters with which their turbulence may go.</summary>
/// <param name="Name">Its name in tables: a column of the sample table, with log10_ before it where the logarithm counts.</param>
/// <param name="Column">The column.</param>
/// <param name="Unit">Its unit in tables.</param>
/// <param name="Label">Its name with unit, as rich text.</param>
/// <param name="Of">Its value; null where it is unknown or in none of the categories.</param>
public sealed record SampleQuantity(string Name, string Column, string Unit, string Label, Func<SampleRow, double?> Of)
{
    private static readonly string[] States = ["relaxed", "mixed", "disturbed"];

    /// <summary>The quantities of the survey's trends. Mini-halos and candidates are neither clusters with a radio halo nor without.</summary>
    public static IReadOnlyList<SampleQuantity> All { get; } =
    [
        new("log10_m500_1e14msun", "m500_1e14msun", "log10 1e14 Msun", "log_{10} M_{500} (10^{14} M_{☉})", row => row.M5001E14Msun is > 0 ? Math.Log10(row.M5001E14Msun.Value) : null),
        new("redshift", "redshift", "1", "redshift", row => row.Redshift),
        new("centroid_shift", "centroid_shift", "R500", "centroid shift w (R_{500})", row => row.CentroidShift),
        new("concentration", "concentration", "1", "concentration", row => row.Concentration),
        new("gini", "gini", "1", "Gini coefficient", row => row.Gini),
        new("zernike", "zernike", "1", "Zernike moment", row => row.Zernike),
        new("dynamical_state", "dynamical_state", "0 relaxed, 1 mixed, 2 disturbed", "relaxed (0), mixed (1), disturbed (2)", row => Place(row.DynamicalState, States)),
        new("radio_halo", "radio_halo", "0 no, 1 yes", "radio halo: no (0), yes (1)", row => Place(row.RadioHalo, ["no", "yes"])),
    ];

    private static double? Place(string? word, string[] words)
    {
        var place = Array.FindIndex(words, known => string.Equals(known, word, StringComparison.OrdinalIgnoreCase));
        return place < 0 ? null : place;
    }
}
