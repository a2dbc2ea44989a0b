namespace ClusterSurvey.Physics.Morphology;

/// <summary>
/// A pair of Zernike modes of the unit disc that depend on direction: sqrt(2 (n + 1)) R_n^m(rho) times cos(m phi) and sin(m phi), whose squares have mean 1
/// over the disc (Noll 1976).
/// </summary>
public sealed class ZernikeMode
{
    private const int HighestOrder = 8;

    // R_n^m(rho) / rho^m as a polynomial in rho^2, the highest power first.
    private readonly double[] coefficients;

    /// <param name="n">Radial order.</param>
    /// <param name="m">Angular order, 1 to n, with n - m even.</param>
    /// <exception cref="ArgumentException">There is no such mode, or it does not depend on direction.</exception>
    public ZernikeMode(int n, int m)
    {
        if (m < 1 || m > n || (n - m) % 2 != 0) throw new ArgumentException($"found the orders {n} and {m}: a mode has n >= m >= 1 with n - m even", nameof(m));
        (N, M) = (n, m);
        // R_n^m(rho) = sum over k of (-1)^k (n - k)! / (k! ((n + m)/2 - k)! ((n - m)/2 - k)!) rho^(n - 2 k).
        coefficients = [.. Enumerable.Range(0, (n - m) / 2 + 1).Select(k =>
            (k % 2 == 0 ? 1 : -1) * Factorial(n - k) / (Factorial(k) * Factorial((n + m) / 2 - k) * Factorial((n - m) / 2 - k)))];
    }

    /// <summary>The pairs up to n = 8 (Capalbo et al. 2021).</summary>
    public static IReadOnlyList<ZernikeMode> UpToEight { get; } =
        [.. from n in Enumerable.Range(1, HighestOrder) from m in Enumerable.Range(1, n) where (n - m) % 2 == 0 select new ZernikeMode(n, m)];

    /// <summary>Radial order.</summary>
    public int N { get; }

    /// <summary>Angular order.</summary>
    public int M { get; }

    /// <summary>The pair at a point of the unit disc.</summary>
    public (double Cosine, double Sine) At(double u, double v)
    {
        var square = u * u + v * v;
        var polynomial = 0.0;
        foreach (var coefficient in coefficients) polynomial = polynomial * square + coefficient;
        // rho^m (cos m phi + i sin m phi) = (u + i v)^m.
        var (cosine, sine) = (Math.Sqrt(2 * (N + 1)) * polynomial, 0.0);
        for (var i = 0; i < M; i++) (cosine, sine) = (cosine * u - sine * v, cosine * v + sine * u);
        return (cosine, sine);
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
