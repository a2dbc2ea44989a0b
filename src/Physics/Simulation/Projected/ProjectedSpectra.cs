using System.Runtime.Intrinsics;

namespace ClusterSurvey.Physics.Simulation.Projected;

/// <summary>
/// Cross-spectra of a field projected with each of the basis' functions, <c>C_ij(k) = sum over kz of phi_i(kz) phi_j(kz) P(sqrt(k^2 + kz^2))/V</c> over the
/// waves of the box, at nodes of the wavenumber k across the sky, as Cholesky factors between which a draw interpolates.
/// </summary>
internal sealed class ProjectedSpectra
{
    /// <summary>Nodes of k: squares of equidistant numbers, from 0 to the corner of the image's band.</summary>
    public const int Nodes = 96;

    /// <summary>Numbers of one node's factor: columns follow each other.</summary>
    public const int FactorLength = SightlineBasis.Terms * SightlineBasis.Lanes;

    // Beyond the waves where all transforms fall below this part of the largest, the window lets nothing through that shows.
    private const double NegligibleTransform = 3e-3;

    private const int Terms = SightlineBasis.Terms, Pairs = Terms * (Terms + 1) / 2;
    private const int PairLanes = (Pairs + 7) / 8 * 8;

    private readonly double largest;
    private readonly float[] products, squaredWaves;

    /// <summary>Prepares the products of the transforms.</summary>
    public ProjectedSpectra(double[][] transforms, CubeGrid grid)
    {
        largest = Math.Sqrt(0.5) / grid.CellR500;
        squaredWaves = [.. Enumerable.Range(0, grid.CellsZ / 2 + 1).Select(m => (float)Math.Pow(m / (grid.CellsZ * grid.DepthCellR500), 2))];
        var most = transforms.Max(row => row.Max(Math.Abs));
        Waves = 1 + Enumerable.Range(0, grid.CellsZ / 2).Last(m => transforms.Any(row => Math.Abs(row[m]) > NegligibleTransform * most));
        products = new float[Waves * PairLanes];
        for (var m = 0; m < Waves; m++)
            for (var i = 0; i < Terms; i++)
                for (var j = 0; j <= i; j++) products[m * PairLanes + Pair(i, j)] = (float)((m == 0 ? 1 : 2) * transforms[i][m] * transforms[j][m]);
    }

    /// <summary>Waves along the line of sight, from 0 on, that the basis sees.</summary>
    public int Waves { get; }

    /// <summary>kz^2 of the waves along the line of sight, from 0 to half the box's cells.</summary>
    public ReadOnlySpan<float> SquaredWaves => squaredWaves;

    /// <summary>The wavenumber of a node.</summary>
    public double NodeWavenumber(int node) => largest * node * node / ((Nodes - 1.0) * (Nodes - 1.0));

    /// <summary>Where a wavenumber lies: the node below, and the part of the way to the next.</summary>
    public (int Node, float Fraction) Locate(double k)
    {
        var node = Math.Min((int)((Nodes - 1) * Math.Sqrt(k / largest)), Nodes - 2);
        double low = NodeWavenumber(node), high = NodeWavenumber(node + 1);
        return (node, (float)Math.Clamp((k - low) / (high - low), 0, 1));
    }

    /// <summary>Cholesky factors of the cross-spectra.</summary>
    /// <param name="power">P/V at every node and wave, [node, wave].</param>
    /// <param name="factors">Receives [node, column, lane].</param>
    public void Factorise(ReadOnlySpan<float> power, Span<float> factors)
    {
        Span<float> covariance = stackalloc float[PairLanes];
        for (var node = 0; node < Nodes; node++)
        {
            Sum(power.Slice(node * Waves, Waves), covariance);
            Cholesky(covariance, factors.Slice(node * FactorLength, FactorLength));
        }
    }

    private void Sum(ReadOnlySpan<float> power, Span<float> covariance)
    {
        Vector256<float> first = default, second = default, third = default;
        for (var m = 0; m < power.Length; m++)
        {
            ref var row = ref products[m * PairLanes];
            first += Vector256.LoadUnsafe(ref row) * power[m];
            second += Vector256.LoadUnsafe(ref row, 8) * power[m];
            third += Vector256.LoadUnsafe(ref row, 16) * power[m];
        }
        first.CopyTo(covariance);
        second.CopyTo(covariance[8..]);
        third.CopyTo(covariance[16..]);
    }

    // Of a matrix that may be singular: a direction without power has a column of zeros.
    private static void Cholesky(ReadOnlySpan<float> covariance, Span<float> factor)
    {
        factor.Clear();
        var floor = 0.0;
        for (var i = 0; i < Terms; i++) floor = Math.Max(floor, 1e-6 * covariance[Pair(i, i)]);
        for (var j = 0; j < Terms; j++)
        {
            var column = factor.Slice(j * SightlineBasis.Lanes, SightlineBasis.Lanes);
            for (var i = j; i < Terms; i++)
            {
                double rest = covariance[Pair(i, j)];
                for (var n = 0; n < j; n++) rest -= (double)factor[n * SightlineBasis.Lanes + i] * factor[n * SightlineBasis.Lanes + j];
                if (i == j && rest <= floor) break;
                column[i] = (float)(i == j ? Math.Sqrt(rest) : rest / column[j]);
            }
        }
    }

    private static int Pair(int i, int j) => i * (i + 1) / 2 + j;
}
