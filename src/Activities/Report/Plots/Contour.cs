namespace ClusterSurvey.Activities.Report.Plots;

/// <summary>Lines of equal value of a grid, by marching squares (Lorensen and Cline 1987, in two dimensions).</summary>
public static class Contour
{
    private const int Bottom = 0, Right = 1, Top = 2, Left = 3;

    /// <summary>
    /// For each of the 16 cases of a cell (bits: corners (0,0), (1,0), (1,1), (0,1) above the level) the edges that a line
    /// enters and leaves by, the high side on its left. The saddles 5 and 10 are written for a low centre.
    /// </summary>
    private static readonly int[][] Lines =
    [
        [], [Bottom, Left], [Right, Bottom], [Right, Left], [Top, Right], [Bottom, Left, Top, Right], [Top, Bottom], [Top, Left],
        [Left, Top], [Bottom, Top], [Right, Bottom, Left, Top], [Right, Top], [Left, Right], [Bottom, Right], [Left, Bottom], [],
    ];

    /// <summary>
    /// The closed outlines of the area above a level. Outside the grid the value counts as zero, and an outline that
    /// would leave the grid runs along its border.
    /// </summary>
    /// <param name="values">Value at (x, y) stands at y * width + x; not negative.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="level">Level, above zero.</param>
    /// <returns>Outlines in grid coordinates.</returns>
    public static IReadOnlyList<(double X, double Y)[]> Outlines(ReadOnlySpan<double> values, int width, int height, double level)
    {
        if (values.Length != width * height) throw new ArgumentException($"the grid has {values.Length} values, expected {width} x {height}", nameof(values));
        var padded = Pad(values, width, height);
        var next = new SortedDictionary<int, int>();
        for (var y = 0; y < height + 1; y++)
            for (var x = 0; x < width + 1; x++) LinkCell(padded, width + 2, x, y, level, next);
        var outlines = new List<(double, double)[]>();
        while (next.Count > 0) outlines.Add(Follow(next, padded, width, height, level));
        return outlines;
    }

    /// <summary>The level above which a density holds the given share of its sum.</summary>
    public static double LevelOfMass(ReadOnlySpan<double> density, double mass)
    {
        var sorted = density.ToArray();
        Array.Sort(sorted);
        double total = 0, sum = 0;
        foreach (var value in sorted) total += value;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            sum += sorted[i];
            if (sum >= mass * total) return sorted[i];
        }
        return 0;
    }

    private static double[] Pad(ReadOnlySpan<double> values, int width, int height)
    {
        var padded = new double[(width + 2) * (height + 2)];
        for (var y = 0; y < height; y++) values.Slice(y * width, width).CopyTo(padded.AsSpan((y + 1) * (width + 2) + 1));
        return padded;
    }

    private static void LinkCell(double[] grid, int stride, int x, int y, double level, SortedDictionary<int, int> next)
    {
        var at = y * stride + x;
        var (a, b, c, d) = (grid[at], grid[at + 1], grid[at + stride + 1], grid[at + stride]);
        var index = (a > level ? 1 : 0) | (b > level ? 2 : 0) | (c > level ? 4 : 0) | (d > level ? 8 : 0);
        var lines = Lines[index];
        if (index is 5 or 10 && (a + b + c + d) / 4 > level) lines = index == 5 ? [Bottom, Right, Top, Left] : [Left, Bottom, Right, Top];
        for (var i = 0; i < lines.Length; i += 2) next.Add(Edge(at, stride, lines[i]), Edge(at, stride, lines[i + 1]));
    }

    /// <summary>A number for each edge of the grid: even for one that runs along x, odd along y.</summary>
    private static int Edge(int cell, int stride, int side) => side switch
    {
        Bottom => 2 * cell,
        Top => 2 * (cell + stride),
        Left => 2 * cell + 1,
        _ => 2 * (cell + 1) + 1,
    };

    private static (double, double)[] Follow(SortedDictionary<int, int> next, double[] grid, int width, int height, double level)
    {
        var outline = new List<(double, double)>();
        var start = next.First().Key;
        var edge = start;
        do
        {
            outline.Add(Crossing(edge, grid, width, height, level));
            next.Remove(edge, out edge);
        }
        while (edge != start);
        return [.. outline];
    }

    private static (double, double) Crossing(int edge, double[] grid, int width, int height, double level)
    {
        var stride = width + 2;
        var (node, alongY) = (edge / 2, edge % 2 == 1);
        var (from, to) = (grid[node], grid[node + (alongY ? stride : 1)]);
        var share = (level - from) / (to - from);
        double x = node % stride - 1 + (alongY ? 0 : share), y = node / stride - 1 + (alongY ? share : 0);
        return (Math.Clamp(x, 0, width - 1), Math.Clamp(y, 0, height - 1));
    }
}
