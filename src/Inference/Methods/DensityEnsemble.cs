using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Methods;

/// <summary>
/// Trained networks mixed in probability, q = sum of w_k q_k. Members hold out different pairs, so their validation scores differ by
/// chance by about a standard error; weighting by the plain score was measured to be worse than equal weights. Hence a member
/// weighs less only when its score lies more than two standard errors of the difference below the best: w proportional to
/// exp(-(z - 2)) beyond. A network that failed to train vanishes, equal ones stay equal.
/// </summary>
internal sealed class DensityEnsemble
{
    private const int TileRows = 8192;
    private const double Tolerance = 2;

    public DensityEnsemble(DensityMember[] members, double[] weights)
    {
        (Members, Weights) = (members, weights);
        LogWeights = Array.ConvertAll(weights, Math.Log);
    }

    public DensityMember[] Members { get; }

    /// <summary>The members' shares, sum 1.</summary>
    public double[] Weights { get; }

    private double[] LogWeights { get; }

    /// <summary>
    /// Trains the members one after the other, each from a seed of its own, and weights them by their validation scores; with a start, from the
    /// members of another ensemble.
    /// </summary>
    public static DensityEnsemble Train(
        Seed seed, ISimulationPairs pairs, EstimatorRole role, EnsembleOptions options, EnsembleStart? start, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var members = new DensityMember[options.Networks];
        var checkpoint = options.Checkpoint is { } place ? new EnsembleCheckpoint(place, Identify(seed, pairs, role, options, start, cancellation)) : null;
        for (var k = 0; k < members.Length; k++)
        {
            var heard = progress is null ? null : new NetworkProgress(progress, k + 1, members.Length);
            members[k] = DensityMember.Train(seed.Derive("network").Derive(k), pairs, role, options, start?.Of(k), heard, checkpoint?.Network(k), cancellation);
        }
        return new DensityEnsemble(members, Shares([.. members.Select(m => m.History)]));
    }

    // How many networks there are decides nothing about each; every other option counts.
    private static byte[] Identify(Seed seed, ISimulationPairs pairs, EstimatorRole role, EnsembleOptions options, EnsembleStart? start, CancellationToken cancellation) =>
        EnsembleCheckpoint.Identify(seed, PairsHash.Compute(pairs, cancellation), $"{role.Conditions} {(role.IsDensity ? "density" : "ratio")} {options with { Checkpoint = null, Networks = 1 }} {start?.Identity()}");

    /// <summary>The shares that validation scores give.</summary>
    public static double[] Shares(TrainingHistory[] histories)
    {
        var best = histories.MaxBy(h => h.ValidationLogProb)!;
        var shares = Array.ConvertAll(histories, h =>
        {
            var error = Math.Sqrt(h.ValidationStandardError * h.ValidationStandardError + best.ValidationStandardError * best.ValidationStandardError);
            var deficit = best.ValidationLogProb - h.ValidationLogProb;
            return deficit == 0 ? 1 : Math.Exp(-Math.Max(0, deficit / error - Tolerance));
        });
        var sum = shares.Sum();
        return Array.ConvertAll(shares, s => s / sum);
    }

    /// <summary>log q of paired rows, or of one row of variables under many conditions.</summary>
    public void LogProb(ReadOnlySpan<double> conditions, ReadOnlySpan<double> variables, bool one, Span<double> logProb)
    {
        int conditionWidth = Members[0].Conditions.Width, variableWidth = Members[0].Variables.Width;
        var member = new double[Math.Min(TileRows, logProb.Length) * Members.Length];
        for (var start = 0; start < logProb.Length; start += TileRows)
        {
            var rows = Math.Min(TileRows, logProb.Length - start);
            var z = conditions.Slice(start * conditionWidth, rows * conditionWidth);
            for (var k = 0; k < Members.Length; k++)
            {
                var part = member.AsSpan(k * rows, rows);
                if (one) Members[k].LogProbOfOne(z, variables, part);
                else Members[k].LogProb(z, variables.Slice(start * variableWidth, rows * variableWidth), part);
            }
            Mix(member, rows, logProb.Slice(start, rows));
        }
    }

    /// <summary>log q_k of one row of variables under one row of conditions, by each member.</summary>
    public double[] LogProbOfMembers(ReadOnlySpan<double> condition, ReadOnlySpan<double> variables)
    {
        var logProb = new double[Members.Length];
        for (var k = 0; k < Members.Length; k++) Members[k].LogProb(condition, variables, logProb.AsSpan(k, 1));
        return logProb;
    }

    /// <summary>Draws of the variables under one row of conditions; each draw comes from one member, chosen by its share.</summary>
    public double[] Sample(Seed seed, ReadOnlySpan<double> condition, int count)
    {
        var choice = seed.Derive("member").Stream();
        var members = new int[count];
        for (var i = 0; i < count; i++) members[i] = Choose(choice.NextDouble());
        var width = Members[0].Variables.Width;
        var draws = new double[count * width];
        for (var k = 0; k < Members.Length; k++)
        {
            var share = members.Count(m => m == k);
            var drawn = new double[share * width];
            Members[k].Sample(seed.Derive(k).Stream(), condition, share, drawn);
            for (int i = 0, next = 0; i < count; i++) if (members[i] == k) drawn.AsSpan(width * next++, width).CopyTo(draws.AsSpan(width * i));
        }
        return draws;
    }

    private int Choose(double uniform)
    {
        var k = 0;
        for (; k < Weights.Length - 1 && uniform >= Weights[k]; k++) uniform -= Weights[k];
        return k;
    }

    // log sum exp over members, member by member in blocks of rows.
    private void Mix(double[] member, int rows, Span<double> logProb)
    {
        for (var i = 0; i < rows; i++)
        {
            var largest = double.NegativeInfinity;
            for (var k = 0; k < Members.Length; k++) largest = Math.Max(largest, member[k * rows + i] + LogWeights[k]);
            var sum = 0.0;
            for (var k = 0; k < Members.Length; k++) sum += Math.Exp(member[k * rows + i] + LogWeights[k] - largest);
            logProb[i] = double.IsNegativeInfinity(largest) ? largest : largest + Math.Log(sum);
        }
    }
}
