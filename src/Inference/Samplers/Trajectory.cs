namespace ClusterSurvey.Inference.Samplers;

/// <summary>A stretch of a trajectory and the point that stands for it.</summary>
/// <param name="First">The end from which it was walked.</param>
/// <param name="Last">The end that was reached.</param>
/// <param name="Chosen">A point chosen in proportion to its weight.</param>
/// <param name="LogWeight">Logarithm of the sum of the points' weights.</param>
/// <param name="MomentumSum">Sum of the points' momenta.</param>
internal sealed record Trajectory(PhasePoint First, PhasePoint Last, PhasePoint Chosen, double LogWeight, double[] MomentumSum)
{
    /// <summary>The same stretch, walked from its other end.</summary>
    public Trajectory Reversed() => this with { First = Last, Last = First };

    /// <summary>This stretch and the next one, walked on from its last point, as one; the point that stands for it is given.</summary>
    public Trajectory Join(Trajectory next, PhasePoint chosen, double logWeight) => new(First, next.Last, chosen, logWeight, Sum(MomentumSum, next.MomentumSum));

    /// <summary>
    /// Whether the two ends of the joint stretch, or of either part with the nearest point of the other, still move apart
    /// (Betancourt 2017, appendix A.4.2; the parts are looked at so that a stretch of about a period is not missed).
    /// </summary>
    public bool GoesOnWith(Trajectory next, HamiltonianSystem system) =>
        Apart(system, First, next.Last, Sum(MomentumSum, next.MomentumSum))
        && Apart(system, First, next.First, Sum(MomentumSum, next.First.Momentum))
        && Apart(system, Last, next.Last, Sum(Last.Momentum, next.MomentumSum));

    private static bool Apart(HamiltonianSystem system, PhasePoint first, PhasePoint last, double[] momentumSum) =>
        system.Along(first, momentumSum) > 0 && system.Along(last, momentumSum) > 0;

    private static double[] Sum(double[] a, double[] b)
    {
        var sum = new double[a.Length];
        for (var j = 0; j < sum.Length; j++) sum[j] = a[j] + b[j];
        return sum;
    }
}
