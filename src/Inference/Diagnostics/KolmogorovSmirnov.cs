namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>The tests of Kolmogorov and Smirnov: the largest distance between two cumulative distributions.</summary>
public static class KolmogorovSmirnov
{
    /// <summary>Above this many values the asymptotic distribution is accurate to 1e-3 of the probability.</summary>
    private const int LargestExact = 1000;

    /// <summary>Whether values come from the uniform distribution on [0, 1].</summary>
    /// <returns>
    /// The distance and the two-sided probability of a larger one: exact (Marsaglia, Tsang and Wang 2003, with their formula
    /// for the far tail) up to 1000 values, beyond that Kolmogorov's series with Stephens' correction.
    /// </returns>
    /// <exception cref="ArgumentException">No values, or one outside [0, 1].</exception>
    public static (double Statistic, double PValue) Uniform(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) throw new ArgumentException("no values to test", nameof(values));
        var sorted = values.ToArray();
        Array.Sort(sorted);
        if (!(sorted[0] >= 0 && sorted[^1] <= 1)) throw new ArgumentException($"values from {sorted[0]} to {sorted[^1]}: they must lie in [0, 1]", nameof(values));
        var distance = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            distance = Math.Max(distance, Math.Max((i + 1.0) / sorted.Length - sorted[i], sorted[i] - (double)i / sorted.Length));
        }
        return (distance, PValue(distance, sorted.Length));
    }

    /// <summary>Whether two sets of values come from one distribution.</summary>
    /// <returns>The distance and the two-sided asymptotic probability of a larger one.</returns>
    /// <exception cref="ArgumentException">An empty set or a value that is not a number.</exception>
    public static (double Statistic, double PValue) TwoSample(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.IsEmpty || second.IsEmpty) throw new ArgumentException($"sets of {first.Length} and {second.Length} values: both need at least one", nameof(first));
        double[] a = first.ToArray(), b = second.ToArray();
        Array.Sort(a);
        Array.Sort(b);
        if (double.IsNaN(a[0]) || double.IsNaN(b[0])) throw new ArgumentException("a value is not a number", nameof(first));
        var distance = 0.0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            var value = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= value) i++;
            while (j < b.Length && b[j] <= value) j++;
            distance = Math.Max(distance, Math.Abs((double)i / a.Length - (double)j / b.Length));
        }
        var root = Math.Sqrt((double)a.Length * b.Length / (a.Length + b.Length));
        return (distance, Series((root + 0.12 + 0.11 / root) * distance));
    }

    private static double PValue(double distance, int count)
    {
        var root = Math.Sqrt(count);
        if (count > LargestExact) return Series((root + 0.12 + 0.11 / root) * distance);
        var s = distance * distance * count;
        if (s > 7.24 || (s > 3.76 && count > 99)) return Math.Min(1, 2 * Math.Exp(-(2.000071 + 0.331 / root + 1.409 / count) * s));
        return Math.Clamp(1 - Exact(distance, count), 0, 1);
    }

    /// <summary>Kolmogorov's distribution: 2 sum (-1)^(j-1) exp(-2 j^2 lambda^2), or its other form where that converges slowly.</summary>
    private static double Series(double lambda)
    {
        if (lambda < 1e-3) return 1;
        var sum = 0.0;
        if (lambda < 1.18)
        {
            for (var j = 1; j < 20; j += 2) sum += Math.Exp(-j * j * Math.PI * Math.PI / (8 * lambda * lambda));
            return Math.Clamp(1 - Math.Sqrt(2 * Math.PI) / lambda * sum, 0, 1);
        }
        for (var j = 1; j < 20; j++) sum += (j % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * j * j * lambda * lambda);
        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>P(D &lt; distance) for n values: n!/n^n times the middle of a matrix of Durbin's to the n-th power.</summary>
    private static double Exact(double distance, int n)
    {
        var k = (int)(n * distance) + 1;
        var h = k - n * distance;
        var size = 2 * k - 1;
        var matrix = DurbinMatrix(size, h);
        var (power, exponent) = Power(matrix, size, n);
        var probability = power[(k - 1) * size + k - 1];
        for (var i = 1; i <= n; i++)
        {
            probability *= (double)i / n;
            if (probability < 1e-140) (probability, exponent) = (probability * 1e140, exponent - 140);
        }
        return probability * Math.Pow(10, exponent);
    }

    private static double[] DurbinMatrix(int size, double h)
    {
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size && j <= i + 1; j++) matrix[i * size + j] = 1;
        }
        for (var i = 0; i < size; i++)
        {
            matrix[i * size] -= Math.Pow(h, i + 1);
            matrix[(size - 1) * size + i] -= Math.Pow(h, size - i);
        }
        matrix[(size - 1) * size] += 2 * h - 1 > 0 ? Math.Pow(2 * h - 1, size) : 0;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                for (var g = 1; g <= i - j + 1; g++) matrix[i * size + j] /= g;
            }
        }
        return matrix;
    }

    private static (double[] Matrix, int Exponent) Power(double[] matrix, int size, int n)
    {
        if (n == 1) return (matrix, 0);
        var (root, exponent) = Power(matrix, size, n / 2);
        var square = Multiply(root, root, size);
        exponent *= 2;
        if (n % 2 == 1) square = Multiply(matrix, square, size);
        if (square[size / 2 * size + size / 2] <= 1e140) return (square, exponent);
        return (Array.ConvertAll(square, value => value * 1e-140), exponent + 140);
    }

    private static double[] Multiply(double[] a, double[] b, int size)
    {
        var product = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < size; k++)
            {
                var factor = a[i * size + k];
                if (factor == 0) continue;
                for (var j = 0; j < size; j++) product[i * size + j] += factor * b[k * size + j];
            }
        }
        return product;
    }
}
