namespace ClusterSurvey.Activities.Report;

/// <summary>
/// The one- and two-dimensional marginal densities of a posterior over (log10 sigma, log10 injection scale, slope),
/// on one grid per parameter. The scale of a density does not matter.
/// </summary>
/// <param name="Grids">Three rising grids of coordinates.</param>
/// <param name="Single">Density of each parameter on its grid.</param>
/// <param name="Pairs">Densities of the pairs (0,1), (0,2), (1,2); the value at (i, j) stands at j * first grid's length + i.</param>
public sealed record MarginalDensities(double[][] Grids, double[][] Single, double[][] Pairs)
{
    /// <summary>The density of two parameters, the lower index first.</summary>
    public double[] Pair(int first, int second) => Pairs[first + second - 1];

    /// <summary>Sums a log-posterior cube [sigma, injection scale, slope], the last index fastest, over the parameters not shown.</summary>
    public static MarginalDensities FromCube(double[][] grids, ReadOnlySpan<double> logPosterior)
    {
        var (n0, n1, n2) = (grids[0].Length, grids[1].Length, grids[2].Length);
        if (logPosterior.Length != n0 * n1 * n2) throw new ArgumentException($"the cube has {logPosterior.Length} values, its grids ask for {n0} x {n1} x {n2}", nameof(logPosterior));
        var peak = double.NegativeInfinity;
        foreach (var value in logPosterior) peak = Math.Max(peak, value);
        double[][] single = [new double[n0], new double[n1], new double[n2]];
        double[][] pairs = [new double[n0 * n1], new double[n0 * n2], new double[n1 * n2]];
        for (int i = 0, at = 0; i < n0; i++)
            for (var j = 0; j < n1; j++)
                for (var k = 0; k < n2; k++, at++)
                {
                    var p = Math.Exp(logPosterior[at] - peak);
                    single[0][i] += p;
                    single[1][j] += p;
                    single[2][k] += p;
                    pairs[0][j * n0 + i] += p;
                    pairs[1][k * n0 + i] += p;
                    pairs[2][k * n1 + j] += p;
                }
        return new(grids, single, pairs);
    }

    /// <summary>
    /// Gaussian kernel densities of equally weighted draws, with Scott's bandwidth; draws are mirrored at the bounds of
    /// the prior, so that a density that ends there does not sag.
    /// </summary>
    /// <param name="draws">Three arrays of equal length: log10 sigma, log10 injection scale, slope.</param>
    /// <param name="prior">Bounds of the mirrors.</param>
    /// <param name="points">Points of each grid.</param>
    public static MarginalDensities FromDraws(double[][] draws, TurbulencePrior prior, int points = 72)
    {
        var kernels = new KernelRow[3][];
        var grids = new double[3][];
        for (var p = 0; p < 3; p++) (grids[p], kernels[p]) = KernelRow.OfDraws(draws[p], prior[p], points);
        var single = new double[3][];
        for (var p = 0; p < 3; p++) single[p] = KernelRow.Sum(kernels[p], points);
        return new(grids, single,
        [
            KernelRow.SumOfProducts(kernels[0], kernels[1], points),
            KernelRow.SumOfProducts(kernels[0], kernels[2], points),
            KernelRow.SumOfProducts(kernels[1], kernels[2], points),
        ]);
    }
}
