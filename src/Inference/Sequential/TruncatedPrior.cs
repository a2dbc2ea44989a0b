using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Sequential;

/// <summary>
/// A prior restricted to where posteriors of one observation are dense: log q(theta | x) above the quantile that leaves out a small share of the
/// posterior's own draws (Deistler, Goncalves and Macke 2022, algorithm 1). Of several rounds, theta lies in the region of each. Drawn by rejection from
/// the prior within a box around the last region; where the region is too small a part of its box, from the posterior's draws, resampled by prior over posterior.
/// </summary>
public sealed class TruncatedPrior
{
    private const int Looks = 10_000, Batch = 4096, MostCandidatesPerDraw = 500, DrawsPerResampled = 20;

    // The box reaches this share of its width beyond the draws that it is made from.
    private const double Margin = 0.1;

    private readonly Prior prior;
    private readonly double[] x;
    private readonly List<(NeuralPosterior Posterior, double Threshold)> regions;

    /// <summary>The prior itself.</summary>
    /// <param name="prior">The prior.</param>
    /// <param name="x">The observation.</param>
    public TruncatedPrior(Prior prior, ReadOnlySpan<double> x)
    {
        ArgumentNullException.ThrowIfNull(prior);
        (this.prior, this.x, regions) = (prior, x.ToArray(), []);
    }

    private TruncatedPrior(TruncatedPrior wider, NeuralPosterior posterior, double threshold)
        => (prior, x, regions) = (wider.prior, wider.x, [.. wider.regions, (posterior, threshold)]);

    /// <summary>This prior, restricted further.</summary>
    /// <param name="seed">Origin of the posterior's draws.</param>
    /// <param name="posterior">A posterior.</param>
    /// <param name="share">The share of its draws that lies outside.</param>
    public TruncatedPrior To(Seed seed, NeuralPosterior posterior, double share)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        var densities = new double[Looks];
        posterior.Evaluate(x, posterior.Sample(seed, x, Looks), densities);
        Array.Sort(densities);
        return new TruncatedPrior(this, posterior, densities[(int)(share * Looks)]);
    }

    /// <summary>Draws, row by row.</summary>
    /// <param name="seed">Same seed, same draws.</param>
    /// <param name="count">Number of draws, not negative.</param>
    /// <param name="cancellation">Looked at between batches of candidates.</param>
    public double[] Sample(Seed seed, int count, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (regions.Count == 0) return prior.Sample(seed, count);
        var draws = new List<double>(count * prior.Count);
        var box = Box(seed.Derive("box"));
        var stream = seed.Derive("candidates").Stream();
        var candidates = new double[Batch * prior.Count];
        for (var tried = 0L; draws.Count < count * prior.Count && tried < (long)MostCandidatesPerDraw * Math.Max(count, Batch); tried += Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < candidates.Length; i++)
            {
                var (low, high) = box[i % prior.Count];
                candidates[i] = prior[i % prior.Count].Quantile(stream.NextUniform(low, high));
            }
            Keep(candidates, draws, count);
        }
        if (draws.Count < count * prior.Count) draws.AddRange(Resample(seed.Derive("resample"), count - draws.Count / prior.Count));
        return [.. draws];
    }

    // The range of the last posterior's draws, in probabilities of the prior.
    private (double Low, double High)[] Box(Seed seed)
    {
        var draws = regions[^1].Posterior.Sample(seed, x, Looks);
        return [.. Enumerable.Range(0, prior.Count).Select(j =>
        {
            var probabilities = Enumerable.Range(0, Looks).Select(i => prior[j].Cumulative(draws[i * prior.Count + j])).ToArray();
            double low = probabilities.Min(), high = probabilities.Max(), margin = Margin * (high - low);
            return (Math.Max(0, low - margin), Math.Min(1, high + margin));
        })];
    }

    private void Keep(double[] candidates, List<double> draws, int count)
    {
        var inside = Inside(candidates);
        for (var i = 0; i < inside.Length && draws.Count < count * prior.Count; i++)
        {
            if (inside[i]) draws.AddRange(candidates.AsSpan(i * prior.Count, prior.Count));
        }
    }

    private bool[] Inside(double[] theta)
    {
        var inside = new bool[theta.Length / prior.Count];
        var density = new double[inside.Length];
        Array.Fill(inside, true);
        foreach (var (posterior, threshold) in regions)
        {
            posterior.Evaluate(x, theta, density);
            for (var i = 0; i < inside.Length; i++) inside[i] &= density[i] > threshold;
        }
        return inside;
    }

    // The largest sums of log weight and Gumbel noise are a sample without replacement (Efraimidis and Spirakis 2006); within the region weights are bounded.
    private double[] Resample(Seed seed, int count)
    {
        var last = regions[^1].Posterior;
        var theta = last.Sample(seed.Derive("draws"), x, DrawsPerResampled * count + Looks);
        double[] logPosterior = new double[theta.Length / prior.Count], logPrior = new double[logPosterior.Length];
        last.Evaluate(x, theta, logPosterior);
        prior.LogDensity(theta, logPrior);
        var inside = Inside(theta);
        var stream = seed.Derive("choice").Stream();
        var keys = new double[inside.Length];
        for (var i = 0; i < keys.Length; i++) keys[i] = (inside[i] ? logPosterior[i] - logPrior[i] : double.PositiveInfinity) + Math.Log(-Math.Log(stream.NextDouble()));
        var order = Enumerable.Range(0, keys.Length).ToArray();
        Array.Sort(keys, order);
        return [.. order.Take(count).SelectMany(i => theta[(i * prior.Count)..((i + 1) * prior.Count)])];
    }
}
