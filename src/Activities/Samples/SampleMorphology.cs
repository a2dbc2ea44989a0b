using ClusterSurvey.Physics.Morphology;

namespace ClusterSurvey.Activities.Samples;

/// <summary>
/// Morphological indicators of a sample's clusters: those of its table, and those measured on the maps. A measured value stands in where the
/// table has none, or everywhere when the settings ask for it.
/// </summary>
public sealed class SampleMorphology
{
    /// <summary>The setting by which the table's values come first.</summary>
    public const string Table = "table";

    /// <summary>The setting by which only measured values count.</summary>
    public const string Measured = "measured";

    /// <summary>The columns of the sample table that can be measured.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["centroid_shift", "concentration", "gini", "zernike"];

    private readonly SampleTable table;
    private readonly string choice;
    private readonly IReadOnlyDictionary<string, ClusterMorphology> measured;

    /// <param name="table">The sample table as it was read.</param>
    /// <param name="measured">What was measured, by cluster; clusters that have not come so far are not in it.</param>
    /// <param name="choice"><see cref="Table"/> or <see cref="Measured"/>.</param>
    public SampleMorphology(SampleTable table, IReadOnlyDictionary<string, ClusterMorphology> measured, string choice)
    {
        ArgumentNullException.ThrowIfNull(table);
        (this.table, this.measured, this.choice) = (table, measured, choice);
        Sample = table.WithColumns(Columns, row => row with
        {
            CentroidShift = Of(row, Columns[0]).Value, Concentration = Of(row, Columns[1]).Value, Gini = Of(row, Columns[2]).Value, Zernike = Of(row, Columns[3]).Value,
        });
    }

    /// <summary>The sample table with the values that count.</summary>
    public SampleTable Sample { get; }

    /// <summary>The value of a cluster that counts, and where it comes from: "table", "measured", or empty when there is none.</summary>
    /// <param name="cluster">A cluster of the sample.</param>
    /// <param name="column">One of <see cref="Columns"/>.</param>
    public (double? Value, string Source) Of(string cluster, string column) => Of(table.Rows.First(row => row.Name == cluster), column);

    /// <summary>What was measured of a cluster; null when nothing was.</summary>
    public ClusterMorphology? MeasuredOf(string cluster) => measured.GetValueOrDefault(cluster);

    /// <summary>The measured indicator that belongs to a column.</summary>
    public static Indicator? Of(ClusterMorphology? morphology, string column) => column switch
    {
        "centroid_shift" => morphology?.CentroidShift,
        "concentration" => morphology?.Concentration,
        "gini" => morphology?.Gini,
        _ => morphology?.Zernike,
    };

    /// <summary>Columns in which values of the table stand beside measured ones, in sentences: they may be defined or normalised differently.</summary>
    public IEnumerable<string> Notes()
    {
        foreach (var mixed in Columns.Select(column => (Column: column, Read: Count(column, Table), Found: Count(column, Measured)))
            .Where(mixed => mixed.Read > 0 && mixed.Found > 0).GroupBy(mixed => (mixed.Read, mixed.Found), mixed => mixed.Column))
            yield return $"morphology: {string.Join(", ", mixed)} of {mixed.Key.Read} clusters from the table and of {mixed.Key.Found} measured, which may be defined or normalised differently; "
                + "the setting morphology=measured takes one definition for all";
    }

    private int Count(string column, string source) => table.Rows.Count(row => Of(row, column).Source == source);

    private (double? Value, string Source) Of(SampleRow row, string column)
    {
        if (choice == Table && row.Cells().First(cell => cell.Column == column).Value is double known) return (known, Table);
        return Of(measured.GetValueOrDefault(row.Name), column) is { } indicator ? (indicator.Value, Measured) : (null, "");
    }
}
