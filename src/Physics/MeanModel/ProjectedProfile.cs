using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// The projected cluster emission of a density profile as a table over radius, with its derivatives: the integrand's radii do not depend
/// on the parameters, so everything but the density is computed once. Cubic interpolation of ln S in asinh(rho / 0.01), good to 1e-6.
/// Sums run over eight lanes in a fixed order, whatever the processor's vector width.
/// </summary>
internal sealed class ProjectedProfile
{
    /// <summary>Derivatives in the table: ln rc, ln rs, beta, epsilon.</summary>
    public const int Derivatives = 4;

    private const double Softening = 0.01;
    private const double WishedStep = 0.05;
    private const int Lanes = 8;

    private static readonly int Groups = (LineOfSightQuadrature.Nodes.Length + Lanes - 1) / Lanes;

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
        var cells = (nodes + 2) * Groups * Lanes;
        (squaredRadius, cubedRadius, weight) = (new double[cells], new double[cells], new double[cells]);
        (logBrightness, slope) = (new double[nodes + 2], new double[nodes]);
        derivative = [.. Enumerable.Range(0, Derivatives).Select(_ => new double[nodes + 2])];
        FillRadii(conversion);
    }

    /// <summary>Computes the table of a density profile, and on demand that of its derivatives.</summary>
    public void Update(in DensityProfile density, bool withDerivatives)
    {
        for (var node = 0; node < logBrightness.Length; node++)
            if (withDerivatives) IntegrateWithDerivatives(node, density);
            else Integrate(node, density);
        for (var node = 0; node < slope.Length; node++)
            slope[node] = (8 * (At(logBrightness, node + 1) - At(logBrightness, node - 1)) - (At(logBrightness, node + 2) - At(logBrightness, node - 2))) / 12;
    }

    /// <summary>S at a squared projected radius in R500^2.</summary>
    public double Value(double squaredRadiusR500)
    {
        var scaled = Math.Sqrt(squaredRadiusR500) / Softening;
        var (node, t) = Place(Math.Log(scaled + Math.Sqrt(scaled * scaled + 1)));
        return Math.Exp(LogBrightness(node, t));
    }

    /// <summary>S at many squared projected radii, in their place.</summary>
    public void Values(Span<double> squaredRadiiR500)
    {
        var vectors = MemoryMarshal.Cast<double, Vector512<double>>(squaredRadiiR500);
        Span<double> lane = stackalloc double[Lanes];
        foreach (ref var vector in vectors)
        {
            var scaled = Vector512.Sqrt(vector) * (1 / Softening);
            Vector512.Log(scaled + Vector512.Sqrt(scaled * scaled + Vector512<double>.One)).CopyTo(lane);
            foreach (ref var number in lane)
            {
                var (node, t) = Place(number);
                number = LogBrightness(node, t);
            }
            vector = Vector512.Exp(Vector512.Create<double>(lane));
        }
        for (var i = vectors.Length * Lanes; i < squaredRadiiR500.Length; i++) squaredRadiiR500[i] = Value(squaredRadiiR500[i]);
    }

    /// <summary>S at a squared projected radius in R500^2 with d ln S / d(rho^2), then the table's derivatives of ln S.</summary>
    public double Value(double squaredRadiusR500, Span<double> derivatives)
    {
        var scaled = Math.Sqrt(squaredRadiusR500) / Softening;
        var root = Math.Sqrt(scaled * scaled + 1);
        var logarithm = Math.Log(scaled + root);
        var (node, t) = Place(logarithm);
        var (low, high, slopeLow, slopeHigh) = (logBrightness[node], logBrightness[node + 1], slope[node], slope[node + 1]);
        var perStep = slopeLow + t * (2 * (3 * (high - low) - 2 * slopeLow - slopeHigh) + t * 3 * (slopeLow + slopeHigh - 2 * (high - low)));
        derivatives[0] = scaled < 1e-6 || logarithm >= maximum ? 0 : perStep * inverseStep / (2 * Softening * Softening * scaled * root);
        for (var d = 0; d < Derivatives; d++) derivatives[d + 1] = Cubic(derivative[d], node, t);
        return Math.Exp(LogBrightness(node, t));
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
                var cell = node * Groups * Lanes + j;
                var radius = Math.Sqrt(rho * rho + l[j] * l[j]);
                squaredRadius[cell] = radius * radius;
                cubedRadius[cell] = radius * radius * radius;
                weight[cell] = 2 * dl[j] * conversion(radius);
            }
        }
    }

    private void Integrate(int node, in DensityProfile density)
    {
        var (core, scale) = InverseRadii(density);
        var (square, cube, factor) = Row(node);
        var sum = Vector512<double>.Zero;
        for (var g = 0; g < square.Length; g++)
        {
            var logCore = Vector512.Log(Vector512<double>.One + square[g] * core);
            var logScale = Vector512.Log(Vector512<double>.One + cube[g] * scale);
            sum += factor[g] * Vector512.Exp(logCore * (-3 * density.Beta) - logScale * (density.Epsilon / 3));
        }
        logBrightness[node] = Math.Log(Sum(sum) * density.CentralSquare);
    }

    private void IntegrateWithDerivatives(int node, in DensityProfile density)
    {
        var (core, scale) = InverseRadii(density);
        var (square, cube, factor) = Row(node);
        Vector512<double> sum = default, byCore = default, byScale = default, byBeta = default, byEpsilon = default;
        for (var g = 0; g < square.Length; g++)
        {
            var onePlusCore = Vector512<double>.One + square[g] * core;
            var onePlusScale = Vector512<double>.One + cube[g] * scale;
            var (logCore, logScale) = (Vector512.Log(onePlusCore), Vector512.Log(onePlusScale));
            var value = factor[g] * Vector512.Exp(logCore * (-3 * density.Beta) - logScale * (density.Epsilon / 3));
            sum += value;
            byCore += value * (square[g] * core / onePlusCore);
            byScale += value * (cube[g] * scale / onePlusScale);
            byBeta += value * logCore;
            byEpsilon += value * logScale;
        }
        var total = Sum(sum);
        logBrightness[node] = Math.Log(total * density.CentralSquare);
        derivative[0][node] = 6 * density.Beta * Sum(byCore) / total;
        derivative[1][node] = density.Epsilon * Sum(byScale) / total;
        derivative[2][node] = -3 * Sum(byBeta) / total;
        derivative[3][node] = -Sum(byEpsilon) / (3 * total);
    }

    private RowOfCells Row(int node)
    {
        var start = node * Groups * Lanes;
        return new RowOfCells(Vectors(squaredRadius, start), Vectors(cubedRadius, start), Vectors(weight, start));
    }

    private static ReadOnlySpan<Vector512<double>> Vectors(double[] table, int start) =>
        MemoryMarshal.Cast<double, Vector512<double>>(table.AsSpan(start, Groups * Lanes));

    private static (double Core, double Scale) InverseRadii(in DensityProfile density) =>
        (1 / (density.CoreRadius * density.CoreRadius), 1 / (density.ScaleRadius * density.ScaleRadius * density.ScaleRadius));

    /// <summary>Sum of the lanes in a fixed order.</summary>
    public static double Sum(Vector512<double> v) => v[0] + v[1] + (v[2] + v[3]) + (v[4] + v[5] + (v[6] + v[7]));

    private (int Node, double T) Place(double logarithm)
    {
        var place = Math.Min(logarithm, maximum) * inverseStep;
        var node = Math.Min((int)place, nodes - 2);
        return (node, place - node);
    }

    private double LogBrightness(int node, double t)
    {
        var (low, rise, slopeLow, slopeHigh) = (logBrightness[node], logBrightness[node + 1] - logBrightness[node], slope[node], slope[node + 1]);
        return low + t * (slopeLow + t * (3 * rise - 2 * slopeLow - slopeHigh + t * (slopeLow + slopeHigh - 2 * rise)));
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

    private readonly ref struct RowOfCells(ReadOnlySpan<Vector512<double>> square, ReadOnlySpan<Vector512<double>> cube, ReadOnlySpan<Vector512<double>> weight)
    {
        private readonly ReadOnlySpan<Vector512<double>> square = square, cube = cube, weight = weight;

        public void Deconstruct(out ReadOnlySpan<Vector512<double>> square, out ReadOnlySpan<Vector512<double>> cube, out ReadOnlySpan<Vector512<double>> weight)
        {
            square = this.square;
            cube = this.cube;
            weight = this.weight;
        }
    }
}
