namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// The four nodes about one position of an axis (two, with linear weights, on an axis of two or three nodes). The cubic
/// may leave the range of the two nodes of its cell by 2 nats, or by as much as a parabola of the weaker of the two
/// curvatures seen rises between nodes: a narrow Gaussian peak between two nodes stays whole, and a cliff on one side
/// makes no peak.
/// </summary>
internal readonly ref struct CubicStencil
{
    private const double SmallOvershoot = 2;

    private readonly int cell;
    private readonly double t, w0, w1, w2, w3;

    public CubicStencil(GridAxis axis, double position)
    {
        var u = Math.Clamp((position - axis.Low) / axis.Step, 0, axis.Count - 1);
        var node = Math.Min((int)u, axis.Count - 2);
        t = u - node;
        Width = axis.Count >= 4 ? 4 : 2;
        First = Width == 4 ? Math.Clamp(node - 1, 0, axis.Count - 4) : node;
        cell = node - First;
        var s = u - First;
        w0 = -(s - 1) * (s - 2) * (s - 3) / 6;
        w1 = s * (s - 2) * (s - 3) / 2;
        w2 = -s * (s - 1) * (s - 3) / 2;
        w3 = s * (s - 1) * (s - 2) / 6;
    }

    /// <summary>Number of the first node.</summary>
    public int First { get; }

    /// <summary>Number of nodes.</summary>
    public int Width { get; }

    /// <summary>Interpolates rows of values side by side.</summary>
    /// <param name="values">The stencil's nodes, each a row of <paramref name="inner"/> values.</param>
    /// <param name="inner">Length of a row.</param>
    /// <param name="result">Receives a row; may be the first row of the values.</param>
    public void Apply(ReadOnlySpan<double> values, int inner, Span<double> result)
    {
        var a = values.Slice(cell * inner, inner);
        var b = values.Slice((cell + 1) * inner, inner);
        if (Width == 2)
        {
            for (var i = 0; i < result.Length; i++) result[i] = Linear(a[i], b[i]);
            return;
        }
        var v1 = values.Slice(inner, inner);
        var v2 = values.Slice(2 * inner, inner);
        var v3 = values.Slice(3 * inner, inner);
        for (var i = 0; i < result.Length; i++)
        {
            var value = w0 * values[i] + w1 * v1[i] + w2 * v2[i] + w3 * v3[i];
            if (!double.IsFinite(value))
            {
                result[i] = Linear(a[i], b[i]);
                continue;
            }
            var (low, high) = a[i] < b[i] ? (a[i], b[i]) : (b[i], a[i]);
            if (value > high + SmallOvershoot)
            {
                // 1/8 of the second difference is the height of a parabola half-way between nodes.
                var weaker = Math.Min(2 * v1[i] - values[i] - v2[i], 2 * v2[i] - v1[i] - v3[i]);
                value = Math.Min(value, high + Math.Max(SmallOvershoot, weaker / 8));
            }
            result[i] = Math.Max(value, low - SmallOvershoot);
        }
    }

    // A zero weight times minus infinity is no number.
    private double Linear(double a, double b) => t == 0 ? a : t == 1 ? b : (1 - t) * a + t * b;
}
