using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace ClusterSurvey.Physics.Simulation;

/// <summary>
/// What a fit of the mean model to a perturbed image does to the residual: the expected counts move along the directions that the model's
/// parameters open, by weighted least squares with the model's Poisson variances. That is one Newton step of the maximum of the Poisson
/// likelihood, exact to first order in the fluctuations. The residual of real data is what such a fit leaves, so simulations that are to be
/// compared with data must lose the same.
/// </summary>
internal sealed class MeanModelRefit
{
    // Directions that nearly repeat each other (slopes and radii of a profile) must not amplify rounding.
    private const double Ridge = 1e-9;

    private readonly int[] pixels;
    private readonly double[][] directions;
    private readonly double[][] weighted;
    private readonly Cholesky<double> normal;

    /// <param name="directions">Change of the expected counts per unit of each parameter, one map each.</param>
    /// <param name="expected">Expected counts of the unperturbed model, backgrounds included: the variances.</param>
    /// <param name="fitted">Pixels to which data are fitted: they hold the model, whether they are simulated or not.</param>
    /// <param name="used">Pixels that are simulated.</param>
    public MeanModelRefit(IReadOnlyList<double[]> directions, double[] expected, ReadOnlySpan<bool> fitted, ReadOnlySpan<bool> used)
    {
        pixels = Taken(used, expected);
        var held = Taken(fitted, expected);
        this.directions = [.. directions.Select(direction => Normalised(direction, held)).OfType<double[]>()];
        weighted = [.. this.directions.Select(direction => pixels.Select(pixel => direction[pixel] / expected[pixel]).ToArray())];
        var matrix = Matrix<double>.Build.Dense(this.directions.Length, this.directions.Length, (a, b) => held.Sum(pixel => this.directions[a][pixel] * this.directions[b][pixel] / expected[pixel]));
        for (var k = 0; k < this.directions.Length; k++) matrix[k, k] *= 1 + Ridge;
        normal = matrix.Cholesky();
    }

    /// <summary>Adds to the expected counts what the fit asks for.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="expected">Expected counts before the fit; receives those after it.</param>
    public void Apply(ReadOnlySpan<double> counts, Span<double> expected)
    {
        var right = Vector<double>.Build.Dense(directions.Length);
        for (var k = 0; k < directions.Length; k++)
        {
            var sum = 0.0;
            for (var j = 0; j < pixels.Length; j++) sum += weighted[k][j] * (counts[pixels[j]] - expected[pixels[j]]);
            right[k] = sum;
        }
        var step = normal.Solve(right);
        for (var k = 0; k < directions.Length; k++)
            for (var j = 0; j < pixels.Length; j++) expected[pixels[j]] += step[k] * directions[k][pixels[j]];
    }

    private static int[] Taken(ReadOnlySpan<bool> mask, double[] expected)
    {
        var taken = new List<int>();
        for (var i = 0; i < mask.Length; i++)
            if (mask[i] && expected[i] > 0) taken.Add(i);
        return [.. taken];
    }

    // Of unit length, so that the matrix does not mix the units of the parameters; a direction that moves nothing is none.
    private static double[]? Normalised(double[] direction, int[] held)
    {
        var length = Math.Sqrt(held.Sum(pixel => direction[pixel] * direction[pixel]));
        return length > 0 ? [.. direction.Select(change => change / length)] : null;
    }
}
