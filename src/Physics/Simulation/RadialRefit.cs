using MathNet.Numerics.LinearAlgebra;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// What a fit of the mean model to a perturbed image does to the residual: the cluster's profile is multiplied by a smooth function of the
/// elliptical radius, linear between five knots (0, 0.1, 0.25, 0.5 and 1 R500, constant beyond), as many degrees of freedom as the profile has
/// radial parameters. The function is fitted to the noisy counts by least squares with the model's Poisson variances, which is one Newton step
/// of the maximum of the Poisson likelihood.
/// </summary>
internal static class RadialRefit
{
    private static readonly double[] Knots = [0, 0.1, 0.25, 0.5, 1];

    /// <summary>Adds to the expected counts what the fit asks for.</summary>
    /// <param name="radius">Elliptical radius per pixel, R500.</param>
    /// <param name="cluster">Expected counts of the cluster alone.</param>
    /// <param name="expected">Expected counts with backgrounds; receives the refitted ones.</param>
    /// <param name="counts">The counts.</param>
    /// <param name="used">Pixels that take part; the others are left alone.</param>
    public static void Apply(ReadOnlySpan<double> radius, ReadOnlySpan<double> cluster, Span<double> expected, ReadOnlySpan<double> counts, ReadOnlySpan<bool> used)
    {
        var factor = Fit(radius, cluster, expected, counts, used);
        for (var i = 0; i < expected.Length; i++)
        {
            if (!used[i]) continue;
            var (knot, weight) = Locate(radius[i]);
            expected[i] += cluster[i] * ((1 - weight) * factor[knot] + weight * factor[knot + 1]);
        }
    }

    private static Vector<double> Fit(ReadOnlySpan<double> radius, ReadOnlySpan<double> cluster, ReadOnlySpan<double> expected, ReadOnlySpan<double> counts, ReadOnlySpan<bool> used)
    {
        var normal = Matrix<double>.Build.Dense(Knots.Length, Knots.Length);
        var right = Vector<double>.Build.Dense(Knots.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (!used[i] || !(expected[i] > 0)) continue;
            var (knot, weight) = Locate(radius[i]);
            double near = cluster[i] * (1 - weight), far = cluster[i] * weight;
            var residual = (counts[i] - expected[i]) / expected[i];
            right[knot] += near * residual;
            right[knot + 1] += far * residual;
            normal[knot, knot] += near * near / expected[i];
            normal[knot + 1, knot + 1] += far * far / expected[i];
            normal[knot, knot + 1] += near * far / expected[i];
            normal[knot + 1, knot] += near * far / expected[i];
        }
        // A knot that no pixel sees stays at no change.
        for (var knot = 0; knot < Knots.Length; knot++) normal[knot, knot] += 1e-9;
        return normal.Cholesky().Solve(right);
    }

    private static (int Knot, double Weight) Locate(double radius)
    {
        var knot = 0;
        while (knot < Knots.Length - 2 && radius >= Knots[knot + 1]) knot++;
        return (knot, Math.Min(1, (radius - Knots[knot]) / (Knots[knot + 1] - Knots[knot])));
    }
}
