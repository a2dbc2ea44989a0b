using MathNet.Numerics.LinearAlgebra;

namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>Mahalanobis distances from the mean of a cloud of points by its covariance.</summary>
internal sealed class Ellipsoids
{
    private readonly double[] mean, factor;

    private Ellipsoids(double[] mean, double[] factor) => (this.mean, this.factor) = (mean, factor);

    /// <summary>Fits the points (rows); null when they have no scatter in some direction.</summary>
    public static Ellipsoids? Fit(Matrix<double> points)
    {
        var d = points.ColumnCount;
        var mean = points.ColumnSums() / points.RowCount;
        var centred = Matrix<double>.Build.Dense(points.RowCount, d, (i, j) => points[i, j] - mean[j]);
        var covariance = centred.TransposeThisAndMultiply(centred) / (points.RowCount - 1);
        // Cholesky by hand, so that a pivot lost to rounding is seen: L L^T = covariance, row by row.
        var factor = new double[d * d];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = covariance[i, j];
                for (var k = 0; k < j; k++) sum -= factor[i * d + k] * factor[j * d + k];
                if (i != j) factor[i * d + j] = sum / factor[j * d + j];
                else if (sum > 1e-12 * covariance[i, i]) factor[i * d + i] = Math.Sqrt(sum);
                else return null;
            }
        }
        return new Ellipsoids(mean.ToArray(), factor);
    }

    /// <summary>(x - mean)^T covariance^-1 (x - mean).</summary>
    public double SquaredDistance(ReadOnlySpan<double> x) => LowerTriangle.SquaredDistance(factor, mean, x);
}
