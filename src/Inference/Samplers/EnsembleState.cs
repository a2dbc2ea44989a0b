using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>Where all walkers stand. Ensembles follow each other, and in each the first half of the walkers precedes the second.</summary>
internal sealed class EnsembleState
{
    private readonly LogDensity target;
    private readonly int parameterCount, ensembles, half;
    private readonly double[] places, logDensity, proposals, proposedLogDensity, logFactors;
    private long proposed, accepted;

    public EnsembleState(LogDensity target, int parameterCount, int ensembles, int walkers, ReadOnlySpan<double> start)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfLessThan(parameterCount, 1);
        (this.target, this.parameterCount, this.ensembles, half) = (target, parameterCount, ensembles, walkers / 2);
        if (start.Length != ensembles * walkers * parameterCount)
        {
            throw new ArgumentException($"{start.Length} starting values, {ensembles} ensembles of {walkers} walkers with {parameterCount} parameters need {ensembles * walkers * parameterCount}", nameof(start));
        }
        places = start.ToArray();
        logDensity = new double[ensembles * walkers];
        proposals = new double[places.Length / 2];
        proposedLogDensity = new double[logDensity.Length / 2];
        logFactors = new double[logDensity.Length / 2];
        target(places, logDensity);
        var lost = Array.FindIndex(logDensity, value => !double.IsFinite(value));
        if (lost >= 0) throw new ArgumentException($"walker {lost} starts where the log density is {logDensity[lost]}: start every walker inside the support", nameof(start));
    }

    public double AcceptedFraction => proposed == 0 ? 0 : accepted / (double)proposed;

    public double[] Snapshot() => [.. places];

    /// <summary>Moves the first half of every ensemble against the second, then the second against the first.</summary>
    public void Step(RandomStream stream, IEnsembleMove move)
    {
        for (var part = 0; part < 2; part++)
        {
            Propose(stream, move, part);
            target(proposals, proposedLogDensity);
            Accept(stream, part);
        }
    }

    private void Propose(RandomStream stream, IEnsembleMove move, int part)
    {
        for (var ensemble = 0; ensemble < ensembles; ensemble++)
        {
            var others = places.AsSpan((2 * ensemble + 1 - part) * half * parameterCount, half * parameterCount);
            for (var i = 0; i < half; i++)
            {
                var walker = places.AsSpan(Walker(ensemble, part, i) * parameterCount, parameterCount);
                var at = ensemble * half + i;
                logFactors[at] = move.Propose(stream, walker, others, proposals.AsSpan(at * parameterCount, parameterCount));
            }
        }
    }

    private void Accept(RandomStream stream, int part)
    {
        for (var at = 0; at < proposedLogDensity.Length; at++)
        {
            var walker = Walker(at / half, part, at % half);
            proposed++;
            // A NaN fails the comparison and stays where it is.
            if (!(Math.Log(stream.NextDouble()) < proposedLogDensity[at] - logDensity[walker] + logFactors[at])) continue;
            accepted++;
            logDensity[walker] = proposedLogDensity[at];
            proposals.AsSpan(at * parameterCount, parameterCount).CopyTo(places.AsSpan(walker * parameterCount));
        }
    }

    private int Walker(int ensemble, int part, int index) => (2 * ensemble + part) * half + index;
}
