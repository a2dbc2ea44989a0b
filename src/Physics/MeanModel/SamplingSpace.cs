namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Coordinates in which the posterior is nearly normal. Core radius, scale radius, beta and epsilon trade against each other along a bent valley; what the
/// data fix is the profile itself. Given the two radii, ln n_e^2(r) is linear in its normalisation, beta and epsilon, so these three give way to
/// ln n_e^2 at three radii; everything else stays as in <see cref="UnconstrainedSpace"/>.
/// </summary>
internal sealed class SamplingSpace(MeanModelPriors priors)
{
    private const double Ln10 = 2.302585092994046;
    private const int Normalisation = 5, Core = 6, Scale = 7, Beta = 8, Epsilon = 9;

    private static readonly double[] PivotRadii = [0.05, 0.25, 0.75];
    private static readonly int[] Replaced = [Normalisation, Beta, Epsilon];

    private readonly UnconstrainedSpace space = new(priors);

    /// <summary>The coordinates of a place in the unconstrained space.</summary>
    public double[] FromUnconstrained(ReadOnlySpan<double> u)
    {
        var q = u.ToArray();
        for (var i = 0; i < 3; i++)
        {
            var (byBeta, byEpsilon) = Slopes(u, PivotRadii[i]);
            q[Replaced[i]] = Ln10 * space.Value(u, Normalisation) + byBeta * space.Value(u, Beta) + byEpsilon * space.Value(u, Epsilon);
        }
        return q;
    }

    /// <summary>
    /// The place in the unconstrained space, and ln |du/dq|, which a log density in u gains in these coordinates.
    /// Minus infinity where the priors exclude the profile.
    /// </summary>
    public double ToUnconstrained(ReadOnlySpan<double> q, Span<double> u)
    {
        q.CopyTo(u);
        var (beta0, epsilon0) = Slopes(q, PivotRadii[0]);
        var (beta1, epsilon1) = Slopes(q, PivotRadii[1]);
        var (beta2, epsilon2) = Slopes(q, PivotRadii[2]);
        var (rise1, rise2) = (q[Beta] - q[Normalisation], q[Epsilon] - q[Normalisation]);
        var determinant = (beta1 - beta0) * (epsilon2 - epsilon0) - (beta2 - beta0) * (epsilon1 - epsilon0);
        var beta = (rise1 * (epsilon2 - epsilon0) - rise2 * (epsilon1 - epsilon0)) / determinant;
        var epsilon = (rise2 * (beta1 - beta0) - rise1 * (beta2 - beta0)) / determinant;
        var normalisation = (q[Normalisation] - beta0 * beta - epsilon0 * epsilon) / Ln10;
        if (!Inside(priors.Log10DensitySquared, normalisation) || !Inside(priors.Beta, beta) || !Inside(priors.Epsilon, epsilon)) return double.NegativeInfinity;
        u[Normalisation] = Logit(priors.Log10DensitySquared, normalisation);
        u[Beta] = Logit(priors.Beta, beta);
        u[Epsilon] = Logit(priors.Epsilon, epsilon);
        return -Math.Log(Math.Abs(determinant) * Ln10 * space.Stretch(u, Normalisation) * space.Stretch(u, Beta) * space.Stretch(u, Epsilon));
    }

    /// <summary>dq/du at a place, by central differences: it carries a covariance from one space to the other.</summary>
    public double[,] Jacobian(ReadOnlySpan<double> u)
    {
        var jacobian = new double[u.Length, u.Length];
        for (var j = 0; j < u.Length; j++)
        {
            var (up, down) = (u.ToArray(), u.ToArray());
            up[j] += 1e-4;
            down[j] -= 1e-4;
            var (high, low) = (FromUnconstrained(up), FromUnconstrained(down));
            for (var i = 0; i < u.Length; i++) jacobian[i, j] = (high[i] - low[i]) / 2e-4;
        }
        return jacobian;
    }

    // d ln n_e^2(r) / d beta and / d epsilon at fixed core and scale radius.
    private (double ByBeta, double ByEpsilon) Slopes(ReadOnlySpan<double> u, double radius)
    {
        var core = radius / Math.Pow(10, space.Value(u, Core));
        var scale = radius / Math.Pow(10, space.Value(u, Scale));
        return (-3 * Math.Log(1 + core * core), -Math.Log(1 + scale * scale * scale) / 3);
    }

    private static bool Inside(PriorRange range, double value) => value > range.Low && value < range.High;

    private static double Logit(PriorRange range, double value) => Math.Log((value - range.Low) / (range.High - value));
}
