using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>What an importance sampler leaves: independent draws of a proposal, weighted with the posterior, and how far to trust them.</summary>
public sealed class ImportanceDraws
{
    private readonly double[] cumulative;
    private readonly Lazy<double[]> theta;

    internal ImportanceDraws(IReadOnlyList<WeightedScores> rounds, PriorScores scores, ImportanceOptions options, int evaluations)
    {
        // Asked for once, of the last of the draws: a sampler looks after every round how far it is.
        theta = new Lazy<double[]>(() =>
        {
            double[] places = [.. rounds.SelectMany(round => round.Places)];
            scores.Restore(places.AsSpan());
            return places;
        });
        var logWeights = rounds.SelectMany(round => Enumerable.Range(0, round.Count).Select(i => round.LogWeight(i, 1))).ToArray();
        Weights = logWeights.Any(double.IsFinite) ? WeightedScores.Normalised(logWeights) : new double[logWeights.Length];
        cumulative = new double[Weights.Length];
        for (var i = 0; i < cumulative.Length; i++) cumulative[i] = (i == 0 ? 0 : cumulative[i - 1]) + Weights[i];
        EffectiveDraws = cumulative[^1] > 0 ? WeightedScores.Worth(Weights) : 0;
        Shape = cumulative[^1] > 0 ? ParetoShape.OfTail(Weights) : double.PositiveInfinity;
        Evaluations = evaluations;
        Converged = EffectiveDraws >= options.EffectiveDraws && Shape <= options.LargestShape;
    }

    /// <summary>Parameters, row by row.</summary>
    public double[] Theta => theta.Value;

    /// <summary>A weight for each draw; their sum is 1.</summary>
    public double[] Weights { get; }

    /// <summary>How many equal draws they are worth (Kish's number).</summary>
    public double EffectiveDraws { get; }

    /// <summary>The shape of the generalised Pareto distribution of the largest weights: up to 0.5 they have a variance, above 0.7 they are not to be trusted (Vehtari et al. 2024).</summary>
    public double Shape { get; }

    /// <summary>How often the likelihood was evaluated, for the proposals too.</summary>
    public int Evaluations { get; }

    /// <summary>Whether there are as many effective draws as were asked for, with weights that are to be trusted.</summary>
    public bool Converged { get; }

    /// <summary>Draws of equal weight, taken by their weights at equal distances, in random order; a draw of large weight may come several times.</summary>
    /// <param name="seed">Same seed, same draws.</param>
    /// <param name="count">Number of draws.</param>
    /// <returns>Points row by row.</returns>
    public double[] Draw(Seed seed, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var width = Theta.Length / Weights.Length;
        var stream = seed.Stream();
        var start = stream.NextDouble();
        var taken = new int[count];
        for (int i = 0, next = 0; i < count; i++)
        {
            var place = (start + i) / count * cumulative[^1];
            while (next < cumulative.Length - 1 && cumulative[next] <= place) next++;
            taken[i] = next;
        }
        stream.Shuffle(taken.AsSpan());
        var draws = new double[count * width];
        for (var i = 0; i < count; i++) Theta.AsSpan(taken[i] * width, width).CopyTo(draws.AsSpan(i * width));
        return draws;
    }
}
