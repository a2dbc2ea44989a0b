namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// The projected cluster emission of a density profile as a table over radius, with its derivatives: the integrand's radii do not depend
/// on the parameters, so everything but the density is computed once. Cubic interpolation of ln S in asinh(rho / 0.01), good to 1e-6.
/// </summary>
internal sealed class ProjectedProfile
{
    /// <summary>Derivatives in the table: ln rc, ln rs, beta, epsilon.</summary>
    public const int Derivatives = 4;

    private const double Softening = 0.01;
    private const double WishedStep = 0.045;

    private readonly int nodes;
    private readonly double inverseStep, maximum;
    private readonly double[] squaredRadius, cubedRadius, weight;
    private readonly double[] logBrightness, slope;
    private readonly double[][] derivative;

    /// <param name="conversion">What turns n_e^2 in cm^-6 at a 3-D radius in R500 into counts s^-1 kpc^-2 per R500 of path.</param>
    /// <param name="reachR500">Largest projected radius; beyond it the value there is kept.</param>
    public ProjectedProfile(Func<double, double> conversion, double reachR500)
    {
        maximum = Math.Asinh(reachR500 / Softening);
        nodes = (int)Math.Ceiling(maximum / WishedStep) + 1;
        inverseStep = (nodes - 1) / maximum;
        var cells = (nodes + 2) * LineOfSightQuadrature.Nodes.Length;
        (squaredRadius, cubedRadius, weight) = (new double[cells], new double[cells], new double[cells]);
        (logBrightness, slope) = (new double[nodes + 2], new double[nodes]);
        derivative = [.. Enumerable.Range(0, Derivatives).Select(_ => new double[nodes + 2])];
        FillRadii(conversion);
    }

    /// <summary>Computes the table of a density profile.</summary>
    public void Update(in DensityProfile density)
    {
        for (var node = 0; node < logBrightness.Length; node++) Integrate(node, density);
        for (var node = 0; node < slope.Length; node++)
            slope[node] = (8 * (At(logBrightness, node + 1) - At(logBrightness, node - 1)) - (At(logBrightness, node + 2) - At(logBrightness, node - 2))) / 12;
    }

    /// <summary>S at a projected radius in R500, and optionally ds: d ln S / d(rho^2), then the table's derivatives of ln S.</summary>
    public double Value(double squaredRadiusR500, Span<double> derivatives)
    {
        var scaled = Math.Sqrt(squaredRadiusR500) / Softening;
        var root = Math.Sqrt(scaled * scaled + 1);
        var place = Math.Min(Math.Log(scaled + root), maximum) * inverseStep;
        var node = Math.Min((int)place, nodes - 2);
        var t = place - node;
        var (low, high, slopeLow, slopeHigh) = (logBrightness[node], logBrightness[node + 1], slope[node], slope[node + 1]);
        var bend = slopeLow + slopeHigh - 2 * (high - low);
        var curve = 3 * (high - low) - 2 * slopeLow - slopeHigh;
        var brightness = Math.Exp(low + t * (slopeLow + t * (curve + t * bend)));
        if (derivatives.IsEmpty) return brightness;
        var perStep = slopeLow + t * (2 * curve + t * 3 * bend);
        derivatives[0] = scaled < 1e-6 || place >= nodes - 1 ? 0 : perStep * inverseStep / (2 * Softening * Softening * scaled * root);
        for (var d = 0; d < Derivatives; d++) derivatives[d + 1] = Cubic(derivative[d], node, t);
        return brightness;
    }

    private void FillRadii(Func<double, double> conversion)
    {
        var l = LineOfSightQuadrature.Nodes;
        var dl = LineOfSightQuadrature.Weights;
        for (var node = 0; node < logBrightness.Length; node++)
        {
            var rho = Softening * Math.Sinh(node / inverseStep);
            for (var j = 0; j < l.Length; j++)
            {
                var cell = node * l.Length + j;
                var radius = Math.Sqrt(rho * rho + l[j] * l[j]);
                squaredRadius[cell] = radius * radius;
                cubedRadius[cell] = radius * radius * radius;
                weight[cell] = 2 * dl[j] * conversion(radius);
            }
        }
    }

    private void Integrate(int node, in DensityProfile density)
    {
        var inverseCore = 1 / (density.CoreRadius * density.CoreRadius);
        var inverseScale = 1 / (density.ScaleRadius * density.ScaleRadius * density.ScaleRadius);
        var (threeBeta, thirdEpsilon) = (3 * density.Beta, density.Epsilon / 3);
        double sum = 0, byCore = 0, byScale = 0, byBeta = 0, byEpsilon = 0;
        var end = (node + 1) * LineOfSightQuadrature.Nodes.Length;
        for (var cell = node * LineOfSightQuadrature.Nodes.Length; cell < end; cell++)
        {
            var core = squaredRadius[cell] * inverseCore;
            var scale = cubedRadius[cell] * inverseScale;
            var (logCore, logScale) = (Math.Log(1 + core), Math.Log(1 + scale));
            var value = weight[cell] * Math.Exp(-threeBeta * logCore - thirdEpsilon * logScale);
            sum += value;
            byCore += value * (core / (1 + core));
            byScale += value * (scale / (1 + scale));
            byBeta += value * logCore;
            byEpsilon += value * logScale;
        }
        logBrightness[node] = Math.Log(sum * density.CentralSquare);
        derivative[0][node] = 2 * threeBeta * byCore / sum;
        derivative[1][node] = 3 * thirdEpsilon * byScale / sum;
        derivative[2][node] = -3 * byBeta / sum;
        derivative[3][node] = -byEpsilon / (3 * sum);
    }

    // S is even in rho: the node at -i is the node at i.
    private static double At(double[] table, int node) => table[Math.Abs(node)];

    private static double Cubic(double[] table, int node, double t)
    {
        var (before, low, high, after) = (At(table, node - 1), table[node], table[node + 1], table[node + 2]);
        var first = high - before / 3 - low / 2 - after / 6;
        var second = (before + high) / 2 - low;
        var third = (after - before) / 6 + (low - high) / 2;
        return low + t * (first + t * (second + t * third));
    }
}
