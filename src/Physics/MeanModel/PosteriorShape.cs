using ClusterSurvey.Foundation;
using MathNet.Numerics.LinearAlgebra;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// The posterior around its maximum: draws by elliptical slice sampling around Laplace's normal approximation, which alone will not do: core
/// radius, scale radius, beta and epsilon trade against each other along a bent valley, and its draws scatter the outer profile ten times too widely.
/// </summary>
/// <param name="Draws">Draws in the unconstrained space, one after the other.</param>
/// <param name="EffectiveDraws">How many independent draws they are worth, for the parameter that mixes worst.</param>
/// <param name="Regularised">True when the observed curvature was not positive and the expected one stood in its place.</param>
internal sealed record PosteriorShape(double[] Draws, double EffectiveDraws, bool Regularised)
{
    private const int Kept = 256;

    private static readonly int[] WarmUps = [100, 200];

    public static PosteriorShape Around(Seed seed, MeanModelObjective objective, MeanModelPriors priors, double[] maximum, int thinning, CancellationToken cancellation)
    {
        var gradient = new double[maximum.Length];
        var expected = new double[maximum.Length, maximum.Length];
        objective.Value(maximum, gradient, expected);
        var observed = SymmetricSystem.Factorise(ObservedCurvature(objective, maximum, expected));
        var system = observed ?? SymmetricSystem.Factorise(expected) ?? throw new InvalidOperationException("the expected curvature with its prior is positive by construction");
        var space = new SamplingSpace(priors);
        var start = new NormalApproximation(space.FromUnconstrained(maximum), Carried(system.Inverse(), space.Jacobian(maximum)));
        var sampler = WarmedUp(new EllipticalSliceSampler(LogDensity(objective, space), start, start.Mean, seed.Stream()), start, cancellation);
        var draws = new double[Kept][];
        for (var kept = 0; kept < Kept; kept++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 1; i < thinning; i++) sampler.Step();
            draws[kept] = new double[maximum.Length];
            space.ToUnconstrained(sampler.Step(), draws[kept]);
        }
        return new PosteriorShape([.. draws.SelectMany(draw => draw)], Enumerable.Range(0, maximum.Length).Min(p => EffectiveNumber([.. draws.Select(draw => draw[p])])), observed is null);
    }

    private static Func<double[], double> LogDensity(MeanModelObjective objective, SamplingSpace space)
    {
        var u = new double[UnconstrainedSpace.Dimension];
        return q =>
        {
            var logJacobian = space.ToUnconstrained(q, u);
            return double.IsFinite(logJacobian) ? logJacobian - objective.Value(u) : double.NegativeInfinity;
        };
    }

    // The approximation is replaced by the moments of the chain as it warms up: they know the tails that the curvature at the maximum does not.
    private static EllipticalSliceSampler WarmedUp(EllipticalSliceSampler sampler, NormalApproximation start, CancellationToken cancellation)
    {
        foreach (var steps in WarmUps)
        {
            cancellation.ThrowIfCancellationRequested();
            var chain = Enumerable.Range(0, steps).Select(_ => sampler.Step()).ToArray();
            sampler = sampler.Around(NormalApproximation.Of(chain.AsSpan(steps / 4), start));
        }
        return sampler;
    }

    private static double[,] Carried(double[,] covariance, double[,] jacobian)
    {
        var j = Matrix<double>.Build.DenseOfArray(jacobian);
        var carried = j * Matrix<double>.Build.DenseOfArray(covariance) * j.Transpose();
        return ((carried + carried.Transpose()) / 2).ToArray();
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

    // n over the integrated autocorrelation time, summed until the autocorrelation of two neighbours turns negative (Geyer 1992).
    private static double EffectiveNumber(double[] chain)
    {
        var mean = chain.Average();
        var time = -1.0;
        for (var lag = 0; lag + 1 < chain.Length; lag += 2)
        {
            var pair = Autocovariance(chain, mean, lag) + Autocovariance(chain, mean, lag + 1);
            if (pair <= 0) break;
            time += 2 * pair / Autocovariance(chain, mean, 0);
        }
        return chain.Length / Math.Max(time, 1);
    }

    private static double Autocovariance(double[] chain, double mean, int lag)
    {
        var sum = 0.0;
        for (var i = 0; i + lag < chain.Length; i++) sum += (chain[i] - mean) * (chain[i + lag] - mean);
        return sum / chain.Length;
    }
}
