namespace ClusterSurvey.Physics.Simulation.Projected;

/// <summary>
/// The waves of the box that count as large-scale, and the cells of a small cube of the same extent that holds them and, without much loss, their products.
/// </summary>
internal sealed class LargeWaves
{
    private const int Lanes = SightlineBasis.Lanes;

    private readonly CubeGrid grid;
    private readonly ScaleSplit split;

    public LargeWaves(CubeGrid grid, ScaleSplit split, double[][] transforms)
    {
        (this.grid, this.split) = (grid, split);
        (CellsX, CellsY, CellsZ) = (Cells(grid.CellsX, grid.CellR500), Cells(grid.CellsY, grid.CellR500), Cells(grid.CellsZ, grid.DepthCellR500));
        Waves = [.. Find()];
        Transforms = new float[CellsZ / 2 * Lanes];
        Functions = new float[(CellsZ / 2 + 1) * Lanes];
        for (var term = 0; term < transforms.Length; term++) Resample(term, transforms[term]);
    }

    /// <summary>One wave.</summary>
    /// <param name="Cube">Its place in the small cube, [z, y, half of x].</param>
    /// <param name="Sky">Its place in the plane across the sky of the small cube, [y, half of x].</param>
    /// <param name="Depth">Its waves along the line of sight, without sign.</param>
    /// <param name="Square">k^2 in R500^-2.</param>
    /// <param name="Share">The part of P/V that its real part carries, and likewise its imaginary part.</param>
    /// <param name="Variance">What it adds to the variance of the field, as a part of P/V.</param>
    public readonly record struct Wave(int Cube, int Sky, int Depth, float Square, float Share, float Variance);

    /// <summary>Cells along x.</summary>
    public int CellsX { get; }

    /// <summary>Cells along y.</summary>
    public int CellsY { get; }

    /// <summary>Cells along the line of sight.</summary>
    public int CellsZ { get; }

    /// <summary>Half of the waves along x, with 0 and the last.</summary>
    public int HalfX => CellsX / 2 + 1;

    /// <summary>The waves.</summary>
    public Wave[] Waves { get; }

    /// <summary>The basis' transforms, [waves along the line of sight, lane].</summary>
    public float[] Transforms { get; }

    /// <summary>
    /// The basis' functions on the cells of the small cube, from the cluster's plane on and without the waves that it does not hold, [cell, lane]: weights of
    /// a sum over its cells.
    /// </summary>
    public float[] Functions { get; }

    /// <summary>Where a row of the small cube's waves stands among the image's.</summary>
    public int SkyRow(int y) => 2 * y > CellsY ? grid.CellsY - CellsY + y : y;

    private int Cells(int cells, double cell) => Math.Min(FastSize.AtLeast((int)Math.Ceiling(2 * split.None * cells * cell - 1e-9)), cells);

    // A wave with kx > 0 stands for its conjugate too. Waves at the end of the small cube's band lie beyond the split.
    private IEnumerable<Wave> Find()
    {
        for (var z = 0; z < CellsZ; z++)
            for (var y = 0; y < CellsY; y++)
                for (var x = 0; x < CellsX / 2; x++)
                {
                    if (2 * z == CellsZ || 2 * y == CellsY) continue;
                    double kx = x / (grid.CellsX * grid.CellR500), ky = Signed(y, CellsY) / (grid.CellsY * grid.CellR500);
                    var kz = Signed(z, CellsZ) / (grid.CellsZ * grid.DepthCellR500);
                    var k = Math.Sqrt(kx * kx + ky * ky + kz * kz);
                    if (k == 0 || k >= split.None) continue;
                    var share = (float)split.LargeShare(k);
                    yield return new Wave((z * CellsY + y) * HalfX + x, y * HalfX + x, Math.Abs(Signed(z, CellsZ)), (float)(k * k),
                        x == 0 ? share : share / 2, x == 0 ? share : share * 2);
                }
    }

    private static int Signed(int mode, int cells) => 2 * mode > cells ? mode - cells : mode;

    private void Resample(int term, double[] transform)
    {
        for (var m = 0; 2 * m < CellsZ; m++) Transforms[m * Lanes + term] = (float)transform[m];
        for (var z = 0; 2 * z <= CellsZ; z++)
        {
            var sum = transform[0];
            for (var m = 1; 2 * m < CellsZ; m++) sum += 2 * transform[m] * Math.Cos(2 * Math.PI * m * z / CellsZ);
            Functions[z * Lanes + term] = (float)(sum / CellsZ);
        }
    }
}
