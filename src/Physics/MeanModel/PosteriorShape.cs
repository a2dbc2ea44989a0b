using ClusterSurvey.Foundation;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// The posterior around its maximum: Laplace's normal approximation, tested with importance weights.
/// </summary>
/// <param name="Covariance">Covariance in the unconstrained space.</param>
/// <param name="Draws">Draws that replace the normal approximation, one after the other; empty when it stands.</param>
/// <param name="NormalEfficiency">Effective share of the normal approximation's draws under the true posterior.</param>
/// <param name="Regularised">True when the observed curvature was not positive and the expected one stands in its place.</param>
/// <param name="Trusted">False when neither the normal approximation nor the draws describe the posterior well.</param>
internal sealed record PosteriorShape(double[,] Covariance, double[] Draws, double NormalEfficiency, bool Regularised, bool Trusted)
{
    private const int Trials = 256;

    public static PosteriorShape Around(Seed seed, MeanModelObjective objective, double[] place, double value, CancellationToken cancellation)
    {
        var gradient = new double[place.Length];
        var expected = new double[place.Length, place.Length];
        objective.Value(place, gradient, expected);
        var observed = SymmetricSystem.Factorise(ObservedCurvature(objective, place, expected));
        var system = observed ?? SymmetricSystem.Factorise(expected) ?? throw new InvalidOperationException("the expected curvature with its prior is positive by construction");
        var covariance = system.Inverse();
        var efficiency = Efficiency(seed, objective, place, value, covariance, cancellation);
        return new PosteriorShape(covariance, [], efficiency, observed is null, efficiency > 0.1);
    }

    // Central differences of the analytic gradient, a tenth of a standard deviation to each side.
    private static double[,] ObservedCurvature(MeanModelObjective objective, double[] place, double[,] expected)
    {
        var n = place.Length;
        var (curvature, up, down) = (new double[n, n], new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            var step = 0.1 / Math.Sqrt(expected[i, i]);
            var moved = (double[])place.Clone();
            moved[i] = place[i] + step;
            objective.Value(moved, up, null);
            moved[i] = place[i] - step;
            objective.Value(moved, down, null);
            for (var j = 0; j < n; j++)
            {
                var slope = (up[j] - down[j]) / (4 * step);
                curvature[i, j] += slope;
                curvature[j, i] += slope;
            }
        }
        return curvature;
    }

    private static double Efficiency(Seed seed, MeanModelObjective objective, double[] place, double value, double[,] covariance, CancellationToken cancellation)
    {
        var factor = SymmetricSystem.Factorise(covariance) ?? throw new InvalidOperationException("the inverse of a positive matrix is positive");
        var stream = seed.Stream();
        var normal = new double[place.Length];
        var weights = new double[Trials];
        for (var trial = 0; trial < Trials; trial++)
        {
            cancellation.ThrowIfCancellationRequested();
            stream.FillNormal(normal);
            double[] moved = [.. factor.Multiply(normal).Zip(place, (step, u) => u + step)];
            weights[trial] = value - objective.Value(moved) + normal.Sum(z => z * z) / 2;
        }
        var highest = weights.Max();
        double sum = 0, squares = 0;
        foreach (var logWeight in weights)
        {
            var weight = Math.Exp(logWeight - highest);
            sum += weight;
            squares += weight * weight;
        }
        return sum * sum / (squares * Trials);
    }
}
