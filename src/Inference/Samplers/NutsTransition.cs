using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>One draw: a trajectory is doubled, forwards or backwards at random, until it turns, and a point of it is chosen.</summary>
internal sealed class NutsTransition(HamiltonianSystem system, RandomStream stream, double stepSize, NutsOptions options)
{
    /// <summary>An energy that grows by more is a step that the integrator could not follow.</summary>
    private const double LargestEnergyError = 1000;

    private double energy, acceptance;

    /// <summary>Whether the trajectory ended because its energy ran away.</summary>
    public bool Diverged { get; private set; }

    /// <summary>Steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Mean over the steps of min(1, exp(energy lost)).</summary>
    public double MeanAcceptance => acceptance / Steps;

    /// <summary>The next draw after a point.</summary>
    public PhasePoint From(PhasePoint current)
    {
        var start = system.Kick(current, stream);
        energy = system.Energy(start);
        var whole = new Trajectory(start, start, start, options.LogWeight(0), start.Momentum);
        for (var depth = 0; depth < options.MaximumDepth; depth++)
        {
            var direction = stream.NextDouble() < 0.5 ? -1 : 1;
            if (direction < 0) whole = whole.Reversed();
            var next = Walk(whole.Last, direction, depth);
            if (next is null) break;
            // The new half is favoured, which moves further and keeps the balance (Betancourt 2017, appendix A.3.2).
            var chosen = Math.Log(stream.NextDouble()) < next.LogWeight - whole.LogWeight ? next.Chosen : whole.Chosen;
            var goesOn = whole.GoesOnWith(next, system);
            whole = whole.Join(next, chosen, AddLogs(whole.LogWeight, next.LogWeight));
            if (direction < 0) whole = whole.Reversed();
            if (!goesOn) break;
        }
        return whole.Chosen;
    }

    /// <summary>Two to the power of the depth steps on from a point, or null when they turn or run away.</summary>
    private Trajectory? Walk(PhasePoint from, int direction, int depth)
    {
        if (depth == 0) return Step(from, direction);
        var first = Walk(from, direction, depth - 1);
        if (first is null) return null;
        var second = Walk(first.Last, direction, depth - 1);
        if (second is null || !first.GoesOnWith(second, system)) return null;
        var logWeight = AddLogs(first.LogWeight, second.LogWeight);
        return first.Join(second, Math.Log(stream.NextDouble()) < second.LogWeight - logWeight ? second.Chosen : first.Chosen, logWeight);
    }

    private Trajectory? Step(PhasePoint from, int direction)
    {
        var there = system.Step(from, direction * stepSize);
        var lost = energy - system.Energy(there);
        if (double.IsNaN(lost)) lost = double.NegativeInfinity;
        Steps++;
        acceptance += Math.Min(1, Math.Exp(lost));
        if (lost < -LargestEnergyError)
        {
            Diverged = true;
            return null;
        }
        return new Trajectory(there, there, there, options.LogWeight(lost), there.Momentum);
    }

    private static double AddLogs(double a, double b) => Math.Max(a, b) + Math.Log(1 + Math.Exp(-Math.Abs(a - b)));
}
