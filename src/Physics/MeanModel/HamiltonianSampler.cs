using ClusterSurvey.Foundation;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>
/// Hamiltonian Monte Carlo (Neal 2011) of the mean model's posterior, in coordinates that Laplace's normal approximation makes standard: a quarter of
/// a period of the standard normal per trajectory, in leapfrog steps whose length is adapted while the chain warms up.
/// </summary>
internal sealed class HamiltonianSampler
{
    private const double WishedAcceptance = 0.8;
    private const double TrajectoryLength = Math.PI / 2;
    private const int MostSteps = 20;

    private readonly MeanModelObjective objective;
    private readonly double[] centre;
    private readonly SymmetricSystem factor;
    private readonly RandomStream stream;
    private readonly double[] parameterGradient;
    private State present;
    private double logStep = Math.Log(0.4);
    private int adaptations;

    /// <param name="objective">Minus the log posterior.</param>
    /// <param name="centre">Mean of the normal approximation, and the first place.</param>
    /// <param name="covariance">Factor of its covariance.</param>
    /// <param name="stream">Random numbers.</param>
    public HamiltonianSampler(MeanModelObjective objective, double[] centre, SymmetricSystem covariance, RandomStream stream)
    {
        (this.objective, this.centre, factor, this.stream) = (objective, centre, covariance, stream);
        parameterGradient = new double[centre.Length];
        present = At(new double[centre.Length]);
    }

    /// <summary>Moves once and returns the new place in the unconstrained space.</summary>
    /// <param name="adapt">Whether the step may change: only while the chain warms up.</param>
    public double[] Move(bool adapt)
    {
        var momentum = new double[centre.Length];
        stream.FillNormal(momentum);
        var energy = present.Value + HalfSquare(momentum);
        // A jitter of the step breaks resonances with the posterior's own periods.
        var step = Math.Exp(logStep) * stream.NextUniform(0.8, 1.2);
        var steps = Math.Clamp((int)Math.Round(TrajectoryLength / step), 1, MostSteps);
        var end = Leapfrog(present, momentum, step, steps);
        var acceptance = Math.Min(1, Math.Exp(energy - end.Value - HalfSquare(momentum)));
        if (double.IsNaN(acceptance)) acceptance = 0;
        if (adapt) logStep += (acceptance - WishedAcceptance) / Math.Sqrt(1 + adaptations++);
        if (stream.NextDouble() < acceptance) present = end;
        return Parameters(present.Place);
    }

    private State Leapfrog(State state, double[] momentum, double step, int steps)
    {
        Kick(momentum, state.Gradient, step / 2);
        for (var s = 0; s < steps; s++)
        {
            var place = (double[])state.Place.Clone();
            for (var i = 0; i < place.Length; i++) place[i] += step * momentum[i];
            state = At(place);
            Kick(momentum, state.Gradient, s == steps - 1 ? step / 2 : step);
        }
        return state;
    }

    private State At(double[] place)
    {
        var value = objective.Value(Parameters(place), parameterGradient, null);
        return new State(place, value, factor.MultiplyTransposed(parameterGradient));
    }

    private double[] Parameters(double[] place)
    {
        var u = factor.Multiply(place);
        for (var i = 0; i < u.Length; i++) u[i] += centre[i];
        return u;
    }

    private static void Kick(double[] momentum, double[] gradient, double duration)
    {
        for (var i = 0; i < momentum.Length; i++) momentum[i] -= duration * gradient[i];
    }

    private static double HalfSquare(double[] momentum)
    {
        var sum = 0.0;
        foreach (var p in momentum) sum += p * p;
        return sum / 2;
    }

    private sealed record State(double[] Place, double Value, double[] Gradient);
}
