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

    private const string SimulatorKey = "clustersurvey.simulator", PsfKey = "clustersurvey.psf";

    /// <summary>All columns, in order.</summary>
    public static IReadOnlyList<string> Columns(IEnumerable<string> regions, int scaleCount) =>
        [.. TurbulenceParameters.Names, .. regions.SelectMany(region => SummaryColumns(region, scaleCount))];

    /// <summary>The summaries of one region: s_REGION_0, s_REGION_1, ...</summary>
    public static IReadOnlyList<string> SummaryColumns(string region, int scaleCount) =>
        [.. Enumerable.Range(0, scaleCount).Select(i => string.Create(CultureInfo.InvariantCulture, $"s_{region}_{i}"))];

    /// <summary>A summary's column, whatever its region.</summary>
    public static bool IsSummary(string column) => column.StartsWith("s_", StringComparison.Ordinal);

    // The number of the scale is what follows the last underscore: names of regions may have some too.
    private static bool IsSummaryOf(string region, string column) => column.LastIndexOf('_') is var end && column.AsSpan(2, end - 2).SequenceEqual(region);

    /// <summary>
    /// Which simulations share a random field: rows next to each other with the same injection scale and slope. They differ in
    /// sigma alone and are strongly correlated.
    /// </summary>
    /// <param name="rows">How many simulations.</param>
    /// <param name="readTheta">Reads the parameters <see cref="TurbulenceParameters.Names"/> of a row.</param>
    /// <returns>For each row the first row of its field.</returns>
    public static int[] Fields(int rows, Action<int, Span<float>> readTheta)
    {
        ArgumentNullException.ThrowIfNull(readTheta);
        var fields = new int[rows];
        Span<float> before = stackalloc float[TurbulenceParameters.Names.Count], here = stackalloc float[TurbulenceParameters.Names.Count];
        for (var row = 0; row < rows; row++)
        {
            readTheta(row, here);
            fields[row] = row > 0 && here[1..].SequenceEqual(before[1..]) ? fields[row - 1] : row;
            here.CopyTo(before);
        }
        return fields;
    }

    /// <summary>A writer of simulations, one row each, that holds one row group in memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="regions">Names of the regions, in order.</param>
    /// <param name="scaleCount">How many scales each has.</param>
    /// <param name="origin">How they were made, for the file's metadata; nothing when that is not known.</param>
    public static NumberWriter Create(string path, IEnumerable<string> regions, int scaleCount, SimulationOrigin? origin = null) =>
        Writer(path, Columns(regions, scaleCount), origin);

    /// <summary>How the simulations were made, as the file's metadata have it; none where they do not say.</summary>
    public static SimulationOrigin? Origin(string path)
    {
        using var file = ParquetInput.Open(path);
        return file.Metadata.TryGetValue(SimulatorKey, out var simulator) ? new SimulationOrigin(simulator, file.Metadata.GetValueOrDefault(PsfKey, "none")) : null;
    }

    /// <summary>Joins the files of a set that was made piece by piece, in order; the result has the bytes of a set written at once.</summary>
    /// <param name="parts">The files.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="region">The region whose summaries to write; null for all.</param>
    /// <exception cref="BadInputException">There is no part, or two parts have different columns.</exception>
    public static void Join(IReadOnlyList<string> parts, string path, string? region = null)
    {
        if (parts.Count == 0) throw new BadInputException(path, "no parts", "the parts of a set of simulations", "start the set again");
        var columns = ParquetTable.NumberColumns(parts[0]).Names;
        var problems = parts.Where(part => !ParquetTable.NumberColumns(part).Names.SequenceEqual(columns))
            .Select(part => new Problem(part, "other columns", $"those of {parts[0]}", "the part belongs to another set: remove it")).ToList();
        if (problems.Count > 0) throw new BadInputException(problems);
        if (region is not null) columns = [.. columns.Where(column => !IsSummary(column) || IsSummaryOf(region, column))];
        using var writer = Writer(path, columns, Origin(parts[0]));
        foreach (var part in parts)
        {
            ParquetTable.ForEachGroup(part, columns, (block, rows) =>
            {
                for (var row = 0; row < rows; row++) writer.Append(block.AsSpan(row * columns.Count, columns.Count));
            });
        }
        writer.Complete();
    }

    private static NumberWriter Writer(string path, IReadOnlyList<string> columns, SimulationOrigin? origin) => new(
        path, Name, columns, new Dictionary<string, string> { ["log10_injection_scale"] = "log10 R500" },
        origin is null ? [] : new Dictionary<string, string> { [SimulatorKey] = origin.Simulator, [PsfKey] = origin.Psf });
}

/// <summary>How simulations were made.</summary>
/// <param name="Simulator">What drew the fields, in words.</param>
/// <param name="Psf">The point spread function, in words.</param>
public sealed record SimulationOrigin(string Simulator, string Psf);
