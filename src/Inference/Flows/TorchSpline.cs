using static TorchSharp.torch;

namespace ClusterSurvey.Inference.Flows;

/// <summary>The rational-quadratic spline of <see cref="SplineLanes"/> in torch, which differentiates it.</summary>
internal static class TorchSpline
{
    private const float Span = 2 * SplineLanes.TailBound;

    /// <summary>Takes points through splines of their own.</summary>
    /// <param name="bins">Bins of each spline.</param>
    /// <param name="x">Points, any shape.</param>
    /// <param name="rows">The same shape and one dimension more, of widths, heights and slopes.</param>
    /// <returns>Where the splines take the points, and the logarithm of their slope there.</returns>
    public static (Tensor U, Tensor LogSlope) Transform(int bins, Tensor x, Tensor rows)
    {
        Tensor widths = Share(bins, rows.narrow(-1, 0, bins)), heights = Share(bins, rows.narrow(-1, bins, bins));
        var end = zeros_like(rows.narrow(-1, 0, 1));
        var slopes = TorchMaskedAutoregressiveFlow.Bound(cat([end, rows.narrow(-1, 2 * bins, bins - 1), end], -1)).exp();
        Tensor right = widths.cumsum(-1), top = heights.cumsum(-1);
        var inside = x.abs() < SplineLanes.TailBound;
        var unit = where(inside, x, zeros_like(x)) / Span + 0.5f;
        var index = (unit.unsqueeze(-1) >= right.narrow(-1, 0, bins - 1)).sum(-1, keepdim: true, type: ScalarType.Int64);
        Tensor At(Tensor values) => values.gather(-1, index).squeeze(-1);
        Tensor width = At(widths), height = At(heights), first = At(slopes), second = At(slopes.narrow(-1, 1, bins));
        Tensor secant = height / width, within = (unit - At(right) + width) / width;
        var both = within * (1 - within);
        var denominator = secant + (first + second - 2 * secant) * both;
        var rise = (secant * within * within + first * both) / denominator;
        var curve = second * within * within + 2 * secant * both + first * (1 - within) * (1 - within);
        var logSlope = 2 * secant.log() + curve.log() - 2 * denominator.log();
        return (where(inside, (At(top) - height + height * rise - 0.5f) * Span, x), where(inside, logSlope, zeros_like(x)));
    }

    private static Tensor Share(int bins, Tensor rows) => SplineLanes.LeastBin + (1 - bins * SplineLanes.LeastBin) * rows.softmax(-1);
}
