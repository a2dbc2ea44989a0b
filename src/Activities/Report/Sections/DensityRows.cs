namespace ClusterSurvey.Activities.Report.Sections;

/// <summary>Cells of the data behind a corner plot: densities of one parameter or of two where they can be seen, in the coordinates of the inference.</summary>
internal static class DensityRows
{
    /// <summary>Of the peak: less is not listed, and cannot be seen.</summary>
    private const double LeastDensity = 1e-2;

    private static readonly string[] coordinates = ["log10_sigma", "log10_injection_scale_r500", "slope"];

    /// <summary>The columns of the cells.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["parameter", "value", "second_parameter", "second_value", "relative_density"];

    /// <summary>The cells of some densities, row by row.</summary>
    public static IEnumerable<object[]> Of(MarginalDensities densities) => Enumerable.Range(0, 3)
        .SelectMany(p => densities.Grids[p].Select((x, i) => (object[])[coordinates[p], x, "", double.NaN, densities.Single[p][i]]))
        .Concat(new[] { (0, 1), (0, 2), (1, 2) }.SelectMany(pair => Of(densities, pair.Item1, pair.Item2)));

    private static IEnumerable<object[]> Of(MarginalDensities densities, int first, int second)
    {
        var (grid, density) = (densities.Grids[first], densities.Pair(first, second));
        var least = LeastDensity * density.Max();
        return densities.Grids[second].SelectMany((y, j) => grid.Select((x, i) => (object[])[coordinates[first], x, coordinates[second], y, density[j * grid.Length + i]])).Where(row => (double)row[4] > least);
    }
}
