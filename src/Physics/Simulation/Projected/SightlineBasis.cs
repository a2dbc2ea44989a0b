using MathNet.Numerics.LinearAlgebra;

namespace ClusterSurvey.Physics.Simulation.Projected;

/// <summary>
/// A few functions phi_j of depth that together make the weight of every line of sight, <c>eps(sqrt(R^2 + z^2))/S0(R) = sum_j a_j(R) phi_j(z)</c>:
/// the leading singular vectors of that weight, and of its square, over radii and over clusters somewhat wider and narrower than the reference.
/// Orthonormal on the cells of the box, and symmetric in z.
/// </summary>
internal sealed class SightlineBasis
{
    /// <summary>Number of functions.</summary>
    public const int Terms = 6;

    /// <summary>Numbers in a row of tables that hold one number per function, so that a row fills a vector; the rest are 0.</summary>
    public const int Lanes = 8;

    private const int Radii = 40;
    private const double SmallestRadius = 0.01, SquareShare = 0.5;
    private static readonly double[] Stretches = [0.8, 1, 1.25];

    private readonly CubeGrid grid;
    private readonly double[][] functions;

    /// <summary>The basis for emissions that resemble a reference.</summary>
    public SightlineBasis(ClusterEmission reference, CubeGrid grid)
    {
        this.grid = grid;
        functions = Leading(Weights(reference));
        Rows = new float[Half * Lanes];
        for (var i = 0; i < Half; i++)
            for (var term = 0; term < Terms; term++) Rows[i * Lanes + term] = (float)functions[term][i];
    }

    /// <summary>Half of the cells along the line of sight: those behind the cluster's plane.</summary>
    public int Half => grid.CellsZ / 2;

    /// <summary>phi_j at depth (i + 1/2) cells, [i, lane].</summary>
    public float[] Rows { get; }

    /// <summary>The sum over the box's cells of phi_j(z) cos(2 pi m z / depth), for m = 0 to half the cells: [function, m].</summary>
    public double[][] Transforms()
    {
        var cosines = Enumerable.Range(0, 2 * grid.CellsZ).Select(i => Math.Cos(Math.PI * i / grid.CellsZ)).ToArray();
        return [.. functions.Select(phi => Enumerable.Range(0, Half).Select(m => Transform(phi, m, cosines)).ToArray())];
    }

    // cos(2 pi m (i + 1/2) / n) repeats after 2n steps of pi/n.
    private static double Transform(double[] phi, int waves, double[] cosines)
    {
        var sum = 0.0;
        for (var i = 0; i < phi.Length; i++) sum += 2 * phi[i] * cosines[(int)((long)waves * (2 * i + 1) % cosines.Length)];
        return sum;
    }

    private List<double[]> Weights(ClusterEmission reference)
    {
        var farthest = reference.EllipticalRadius.Max();
        var rows = new List<double[]>();
        foreach (var stretch in Stretches)
        {
            for (var i = 0; i < Radii; i++)
            {
                var radius = i == 0 ? 0 : SmallestRadius * Math.Pow(farthest / SmallestRadius, (i - 1.0) / (Radii - 2));
                var weight = Weight(reference.Emissivity, stretch, radius);
                rows.Add(Scaled(weight, 1));
                rows.Add(Scaled([.. weight.Select(value => value * value)], SquareShare));
            }
        }
        return rows;
    }

    // Trapezoid rule: the last cell counts half.
    private double[] Weight(Func<double, double> emissivity, double stretch, double radius)
    {
        var weight = new double[Half];
        for (var i = 0; i < Half; i++)
        {
            var depth = (i + 0.5) * grid.DepthCellR500;
            weight[i] = emissivity(stretch * Math.Sqrt(radius * radius + depth * depth)) * (i == Half - 1 ? 0.5 : 1);
        }
        return weight;
    }

    private static double[] Scaled(double[] row, double length)
    {
        var norm = Math.Sqrt(2 * row.Sum(value => value * value));
        return [.. row.Select(value => length * value / norm)];
    }

    // Singular vectors by way of the rows' inner products, since there are fewer rows than cells.
    private static double[][] Leading(List<double[]> rows)
    {
        var matrix = Matrix<double>.Build.DenseOfRowArrays(rows);
        var products = matrix.TransposeAndMultiply(matrix).Evd(Symmetricity.Symmetric);
        var vectors = Enumerable.Range(1, Terms).Select(term => products.EigenVectors.Column(rows.Count - term));
        return [.. vectors.Select(vector => Scaled(matrix.LeftMultiply(vector).ToArray(), 1))];
    }
}
