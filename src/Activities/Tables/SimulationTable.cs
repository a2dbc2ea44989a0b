using System.Globalization;
using ClusterSurvey.Activities.Problems;
using ClusterSurvey.Physics.Turbulence;

namespace ClusterSurvey.Activities.Tables;

/// <summary>
/// The table of simulations: the parameters of each simulation (<see cref="TurbulenceParameters.Names"/>), then its
/// summaries s_REGION_i, region by region, i from 0 for the smallest scale.
/// </summary>
public static class SimulationTable
{
    /// <summary>The name in the file's metadata.</summary>
    public const string Name = "simulations";

    /// <summary>All columns, in order.</summary>
    public static IReadOnlyList<string> Columns(IEnumerable<string> regions, int scaleCount) =>
        [.. TurbulenceParameters.Names, .. regions.SelectMany(region => SummaryColumns(region, scaleCount))];

    /// <summary>The summaries of one region: s_REGION_0, s_REGION_1, ...</summary>
    public static IReadOnlyList<string> SummaryColumns(string region, int scaleCount) =>
        [.. Enumerable.Range(0, scaleCount).Select(i => string.Create(CultureInfo.InvariantCulture, $"s_{region}_{i}"))];

    /// <summary>A summary's column, whatever its region.</summary>
    public static bool IsSummary(string column) => column.StartsWith("s_", StringComparison.Ordinal);

    /// <summary>
    /// Which simulations share a random field: rows next to each other with the same injection scale and slope. They differ in
    /// sigma alone and are strongly correlated.
    /// </summary>
    /// <param name="theta">The columns <see cref="TurbulenceParameters.Names"/>.</param>
    /// <returns>The number of each row's field, from 0.</returns>
    public static int[] Fields(NumericTable theta)
    {
        var (fields, width) = (new int[theta.RowCount], theta.ColumnCount);
        for (var row = 1; row < fields.Length; row++)
        {
            var before = theta.Values.AsSpan((row - 1) * width + 1, width - 1);
            var here = theta.Values.AsSpan(row * width + 1, width - 1);
            fields[row] = fields[row - 1] + (here.SequenceEqual(before) ? 0 : 1);
        }
        return fields;
    }

    /// <summary>A writer of simulations, one row each, that holds one row group in memory.</summary>
    public static NumberWriter Create(string path, IEnumerable<string> regions, int scaleCount) =>
        new(path, Name, Columns(regions, scaleCount), new Dictionary<string, string> { ["log10_injection_scale"] = "log10 R500" });

    /// <summary>Joins the parts of an interrupted set in order; the result has the bytes of a set written at once.</summary>
    /// <exception cref="BadInputException">There is no part, or two parts have different columns.</exception>
    public static void Join(IReadOnlyList<string> parts, string path)
    {
        if (parts.Count == 0) throw new BadInputException(path, "no parts", "the parts of a set of simulations", "start the set again");
        var columns = ParquetTable.NumberColumns(parts[0]).Names;
        var problems = parts.Where(part => !ParquetTable.NumberColumns(part).Names.SequenceEqual(columns))
            .Select(part => new Problem(part, "other columns", $"those of {parts[0]}", "the part belongs to another set: remove it")).ToList();
        if (problems.Count > 0) throw new BadInputException(problems);
        using var writer = new NumberWriter(path, Name, columns, new Dictionary<string, string> { ["log10_injection_scale"] = "log10 R500" });
        foreach (var part in parts)
        {
            ParquetTable.ForEachGroup(part, columns, (block, rows) =>
            {
                for (var row = 0; row < rows; row++) writer.Append(block.AsSpan(row * columns.Count, columns.Count));
            });
        }
        writer.Complete();
    }
}
