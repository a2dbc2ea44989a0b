using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>
/// A log density as the potential of a particle with a diagonal mass matrix, whose inverse holds the variances of the parameters:
/// H = -ln p(q) + sum of v_j p_j^2 / 2. The gradient is the central difference over a twentieth of a deviation to either side.
/// </summary>
internal sealed class HamiltonianSystem(LogDensity target, double[] variances)
{
    private const double DifferenceOfDeviation = 0.05;

    private readonly double[] places = new double[(2 * variances.Length + 1) * variances.Length], values = new double[2 * variances.Length + 1];

    public int Dimensions => variances.Length;

    /// <summary>A point at rest: density and gradient from one call.</summary>
    public PhasePoint At(double[] place, double[] momentum)
    {
        var d = Dimensions;
        for (var row = 0; row < values.Length; row++) place.CopyTo(places, row * d);
        for (var j = 0; j < d; j++)
        {
            var step = DifferenceOfDeviation * Math.Sqrt(variances[j]);
            places[(2 * j + 1) * d + j] += step;
            places[(2 * j + 2) * d + j] -= step;
        }
        target(places, values);
        var gradient = new double[d];
        for (var j = 0; j < d; j++)
        {
            var slope = (values[2 * j + 1] - values[2 * j + 2]) / (2 * DifferenceOfDeviation * Math.Sqrt(variances[j]));
            // At a cliff no slope is known: the momentum stays, and the energy decides.
            gradient[j] = double.IsFinite(slope) ? slope : 0;
        }
        return new PhasePoint(place, momentum, gradient, values[0]);
    }

    /// <summary>The same place with a fresh momentum.</summary>
    public PhasePoint Kick(PhasePoint point, RandomStream stream)
    {
        var momentum = new double[Dimensions];
        for (var j = 0; j < momentum.Length; j++) momentum[j] = stream.NextNormal() / Math.Sqrt(variances[j]);
        return point with { Momentum = momentum };
    }

    /// <summary>One leapfrog step, backwards when the step size is negative.</summary>
    public PhasePoint Step(PhasePoint from, double stepSize)
    {
        double[] place = new double[Dimensions], momentum = new double[Dimensions];
        for (var j = 0; j < place.Length; j++)
        {
            momentum[j] = from.Momentum[j] + 0.5 * stepSize * from.Gradient[j];
            place[j] = from.Place[j] + stepSize * variances[j] * momentum[j];
        }
        var there = At(place, momentum);
        for (var j = 0; j < place.Length; j++) momentum[j] += 0.5 * stepSize * there.Gradient[j];
        return there;
    }

    /// <summary>H; infinite or NaN where the density is zero.</summary>
    public double Energy(PhasePoint point)
    {
        var kinetic = 0.0;
        for (var j = 0; j < Dimensions; j++) kinetic += variances[j] * point.Momentum[j] * point.Momentum[j];
        return 0.5 * kinetic - point.LogDensity;
    }

    /// <summary>The velocity along a sum of momenta: negative when the trajectory has turned.</summary>
    public double Along(PhasePoint point, double[] momentumSum)
    {
        var sum = 0.0;
        for (var j = 0; j < Dimensions; j++) sum += variances[j] * point.Momentum[j] * momentumSum[j];
        return sum;
    }
}
