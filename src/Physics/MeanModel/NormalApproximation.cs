namespace ClusterSurvey.Physics.MeanModel;

/// <summary>A normal distribution that stands for a posterior.</summary>
internal sealed class NormalApproximation
{
    // The share of an earlier covariance that keeps one estimated from a short chain positive.
    private const double Shrinkage = 0.05;

    private readonly double[,] covariance;

    /// <param name="mean">Mean.</param>
    /// <param name="covariance">Covariance, symmetric and positive.</param>
    public NormalApproximation(double[] mean, double[,] covariance)
    {
        (Mean, this.covariance) = (mean, covariance);
        Factor = SymmetricSystem.Factorise(covariance) ?? throw new ArgumentException("a covariance is positive definite", nameof(covariance));
    }

    /// <summary>Mean.</summary>
    public double[] Mean { get; }

    /// <summary>Cholesky factor of the covariance.</summary>
    public SymmetricSystem Factor { get; }

    /// <summary>The moments of a chain, its covariance shrunk a little towards that of an earlier approximation.</summary>
    public static NormalApproximation Of(ReadOnlySpan<double[]> chain, NormalApproximation earlier)
    {
        var n = earlier.Mean.Length;
        var (mean, moments) = (new double[n], new double[n, n]);
        foreach (var place in chain)
            for (var i = 0; i < n; i++)
                mean[i] += place[i] / chain.Length;
        foreach (var place in chain)
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    moments[i, j] += (1 - Shrinkage) * (place[i] - mean[i]) * (place[j] - mean[j]) / chain.Length;
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                moments[i, j] += Shrinkage * earlier.covariance[i, j];
        return new NormalApproximation(mean, moments);
    }
}
