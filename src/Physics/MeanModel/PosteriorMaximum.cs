namespace ClusterSurvey.Physics.MeanModel;

/// <summary>The search for the posterior's maximum: Fisher scoring with Levenberg and Marquardt's damping.</summary>
internal static class PosteriorMaximum
{
    private const int MaximumIterations = 300;
    private const double HighestDamping = 1e12;

    // The objective is a log density: a step that can gain less than this is no step.
    private const double NegligibleGain = 1e-7;

    public static (double[] Place, double Value, bool Converged) Search(MeanModelObjective objective, double[] start, CancellationToken cancellation)
    {
        var place = (double[])start.Clone();
        var gradient = new double[place.Length];
        var curvature = new double[place.Length, place.Length];
        var value = objective.Value(place, gradient, curvature);
        var damping = 1e-2;
        for (var iteration = 0; iteration < MaximumIterations && damping < HighestDamping; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            var step = Step(gradient, curvature, damping);
            var promised = -Dot(gradient, step) / 2;
            if (promised < NegligibleGain) return (place, value, damping < 1e3);
            double[] trial = [.. place.Zip(step, (u, d) => u + d)];
            var trialValue = objective.Value(trial);
            if (!(trialValue < value))
            {
                damping *= 4;
                continue;
            }
            damping = value - trialValue > 0.5 * promised ? Math.Max(1e-9, damping / 8) : damping;
            place = trial;
            value = objective.Value(place, gradient, curvature);
        }
        return (place, value, false);
    }

    private static double[] Step(double[] gradient, double[,] curvature, double damping)
    {
        var damped = (double[,])curvature.Clone();
        for (var i = 0; i < gradient.Length; i++) damped[i, i] *= 1 + damping;
        // The prior makes the curvature positive; rounding can undo that only where the damping is tiny.
        for (var boost = damping; ; boost = 10 * boost + 1e-6)
        {
            if (SymmetricSystem.Factorise(damped) is { } system) return [.. system.Solve(gradient).Select(d => Math.Clamp(-d, -3, 3))];
            for (var i = 0; i < gradient.Length; i++) damped[i, i] *= 1 + boost;
        }
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
