namespace ClusterSurvey.Physics.MeanModel;

/// <summary>Cholesky factor of a small symmetric positive matrix, A = L L^T.</summary>
internal sealed class SymmetricSystem
{
    private readonly double[,] factor;
    private readonly int size;

    private SymmetricSystem(double[,] factor) => (this.factor, size) = (factor, factor.GetLength(0));

    /// <summary>The factor, or null when the matrix is not positive definite.</summary>
    public static SymmetricSystem? Factorise(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var l = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++) sum -= l[i, k] * l[j, k];
                if (i != j) l[i, j] = sum / l[j, j];
                else if (sum > 1e-14 * Math.Abs(matrix[i, i])) l[i, i] = Math.Sqrt(sum);
                else return null;
            }
        }
        return new SymmetricSystem(l);
    }

    /// <summary>L v: for v standard normal, a draw with covariance A.</summary>
    public double[] Multiply(ReadOnlySpan<double> vector)
    {
        var product = new double[size];
        for (var i = 0; i < size; i++)
            for (var k = 0; k <= i; k++)
                product[i] += factor[i, k] * vector[k];
        return product;
    }

    /// <summary>x with A x = right.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        var x = SolveLower(right);
        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++) x[i] -= factor[k, i] * x[k];
            x[i] /= factor[i, i];
        }
        return x;
    }

    /// <summary>x with L x = right: a place in units in which A is 1.</summary>
    public double[] SolveLower(ReadOnlySpan<double> right)
    {
        var x = right.ToArray();
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++) x[i] -= factor[i, k] * x[k];
            x[i] /= factor[i, i];
        }
        return x;
    }

    /// <summary>A^-1.</summary>
    public double[,] Inverse()
    {
        var inverse = new double[size, size];
        for (var j = 0; j < size; j++)
        {
            var unit = new double[size];
            unit[j] = 1;
            var column = Solve(unit);
            for (var i = 0; i < size; i++) inverse[i, j] = column[i];
        }
        return inverse;
    }
}
