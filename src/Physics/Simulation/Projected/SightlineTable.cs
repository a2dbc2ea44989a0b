using System.Runtime.Intrinsics;

namespace ClusterSurvey.Physics.Simulation.Projected;

/// <summary>
/// What one emission makes of a basis, as a function of the elliptical radius R: S0, the coefficients of eps, and those of eps^2 divided by its integral;
/// tabulated at nodes that are equidistant in ln(1 + (R/R0)^2) and interpolated by cubics.
/// </summary>
internal sealed class SightlineTable
{
    /// <summary>Coefficients per radius: those of eps first, then those of eps^2.</summary>
    public const int RowLength = 2 * SightlineBasis.Lanes;

    private const int Intervals = 128;
    private const double CoreRadius = 0.02;

    private readonly double step;
    private readonly double[] brightness = new double[Intervals + 3];
    private readonly float[] rows = new float[(Intervals + 3) * RowLength];

    /// <summary>Tabulates an emission.</summary>
    public SightlineTable(ClusterEmission emission, SightlineBasis basis, CubeGrid grid)
    {
        step = Math.Log(1 + Math.Pow(emission.EllipticalRadius.Max() / CoreRadius, 2)) / Intervals;
        double last = RadiusOf(Intervals + 1), deepest = basis.Half * grid.DepthCellR500;
        var emissivity = new RadialTable(emission.Emissivity, grid.DepthCellR500 / 4, Math.Sqrt(deepest * deepest + last * last));
        for (var node = 0; node <= Intervals + 1; node++) Fill(node + 1, RadiusOf(node), emissivity, basis, grid, emission.R500Kpc);
        ExtrapolateFirst();
    }

    /// <summary>S0 in counts s^-1 kpc^-2 at a radius.</summary>
    /// <param name="radius">R in R500.</param>
    /// <param name="coefficients">Receives the coefficients of eps, times S0, and those of eps^2.</param>
    public double At(double radius, Span<float> coefficients)
    {
        var at = Math.Log(1 + radius * radius / (CoreRadius * CoreRadius)) / step;
        var node = Math.Min((int)at, Intervals - 1);
        double t = at - node, before = t + 1, next = t - 1, after = t - 2;
        double w0 = -t * next * after / 6, w1 = before * next * after / 2, w2 = -before * t * after / 2, w3 = before * t * next / 6;
        for (var lane = 0; lane < RowLength; lane += SightlineBasis.Lanes)
        {
            ref var row = ref rows[node * RowLength + lane];
            var sum = Vector256.LoadUnsafe(ref row) * (float)w0 + Vector256.LoadUnsafe(ref row, RowLength) * (float)w1
                + Vector256.LoadUnsafe(ref row, 2 * RowLength) * (float)w2 + Vector256.LoadUnsafe(ref row, 3 * RowLength) * (float)w3;
            sum.CopyTo(coefficients[lane..]);
        }
        return w0 * brightness[node] + w1 * brightness[node + 1] + w2 * brightness[node + 2] + w3 * brightness[node + 3];
    }

    private double RadiusOf(int node) => CoreRadius * Math.Sqrt(Math.Exp(node * step) - 1);

    private void Fill(int row, double radius, RadialTable emissivity, SightlineBasis basis, CubeGrid grid, double r500Kpc)
    {
        double cell = grid.DepthCellR500, cellKpc = 2 * cell * r500Kpc;
        double sum = 0, squares = 0, nearest = 0;
        Vector256<float> once = default, twice = default;
        for (var i = 0; i < basis.Half; i++)
        {
            var depth = (i + 0.5) * cell;
            var eps = emissivity.At((float)(radius * radius + depth * depth)) * cellKpc;
            if (i == basis.Half - 1) eps /= 2;
            if (i == 0) nearest = eps;
            var square = eps / nearest * (eps / nearest);
            sum += eps;
            squares += square;
            var phi = Vector256.LoadUnsafe(ref basis.Rows[i * SightlineBasis.Lanes]);
            once += phi * (float)eps;
            twice += phi * (float)square;
            if (eps * (basis.Half - i) < CubeSimulator.LineOfSightTolerance * sum) break;
        }
        brightness[row] = sum;
        once.CopyTo(rows.AsSpan(row * RowLength));
        (twice * (float)(1 / squares)).CopyTo(rows.AsSpan(row * RowLength + SightlineBasis.Lanes));
    }

    // The cubic of the second interval serves the first as well.
    private void ExtrapolateFirst()
    {
        brightness[0] = 4 * brightness[1] - 6 * brightness[2] + 4 * brightness[3] - brightness[4];
        for (var i = 0; i < RowLength; i++)
            rows[i] = 4 * rows[RowLength + i] - 6 * rows[2 * RowLength + i] + 4 * rows[3 * RowLength + i] - rows[4 * RowLength + i];
    }
}
