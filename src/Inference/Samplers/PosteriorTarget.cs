using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>ln p(theta) + ln p(x | theta) of one observation; the likelihood is asked only inside the prior's support. Not safe for two threads at once.</summary>
public sealed class PosteriorTarget
{
    /// <summary>Draws of the prior looked at for each walker that starts.</summary>
    private const int CandidatesPerStart = 20;

    private readonly Prior prior;
    private readonly ILikelihood likelihood;
    private readonly double[] x;
    private double[] inside = [], values = [];

    /// <summary>The posterior of one observation, not normalised.</summary>
    /// <exception cref="ArgumentException">Lengths do not match or x is not finite.</exception>
    public PosteriorTarget(Prior prior, ILikelihood likelihood, ReadOnlySpan<double> x)
    {
        ArgumentNullException.ThrowIfNull(prior);
        ObservationCheck.Check(likelihood, x, prior.Count);
        (this.prior, this.likelihood, this.x) = (prior, likelihood, x.ToArray());
    }

    /// <summary>The log density of many points, as <see cref="LogDensity"/> asks.</summary>
    public void Evaluate(ReadOnlySpan<double> theta, Span<double> logDensity)
    {
        prior.LogDensity(theta, logDensity);
        var d = prior.Count;
        if (inside.Length < theta.Length) (inside, values) = (new double[theta.Length], new double[logDensity.Length]);
        var count = 0;
        for (var i = 0; i < logDensity.Length; i++)
        {
            if (double.IsFinite(logDensity[i])) theta.Slice(i * d, d).CopyTo(inside.AsSpan(count++ * d));
        }
        if (count == 0) return;
        likelihood.Evaluate(x, inside.AsSpan(0, count * d), values.AsSpan(0, count));
        for (int i = 0, next = 0; i < logDensity.Length; i++)
        {
            if (!double.IsFinite(logDensity[i])) continue;
            var value = logDensity[i] + values[next++];
            logDensity[i] = double.IsNaN(value) || double.IsPositiveInfinity(value) ? double.NegativeInfinity : value;
        }
    }

    /// <summary>
    /// Different places to start from: draws of the prior, taken without replacement in proportion to the likelihood
    /// to a power, the highest up to 1 that leaves an effective number of twice <paramref name="count"/> to choose from.
    /// </summary>
    /// <exception cref="ArgumentException">Too few draws of the prior have a likelihood above zero.</exception>
    public double[] Start(Seed seed, int count)
    {
        var d = prior.Count;
        var candidates = prior.Sample(seed.Derive("prior"), CandidatesPerStart * count);
        var logLikelihood = new double[CandidatesPerStart * count];
        likelihood.Evaluate(x, candidates, logLikelihood);
        var finite = logLikelihood.Count(double.IsFinite);
        if (finite < count) throw new ArgumentException($"only {finite} of {logLikelihood.Length} draws of the prior have a finite likelihood, {count} walkers need as many: look at the observation and the prior");
        var power = Power(logLikelihood, 2.0 * count);
        var stream = seed.Derive("choice").Stream();
        // The largest sums of weight and Gumbel noise are a sample without replacement (Efraimidis and Spirakis 2006).
        var keys = Array.ConvertAll(logLikelihood, value => double.IsFinite(value) ? -(power * value - Math.Log(-Math.Log(stream.NextDouble()))) : double.PositiveInfinity);
        var order = Enumerable.Range(0, keys.Length).ToArray();
        Array.Sort(keys, order);
        stream.Shuffle(order.AsSpan(0, count));
        var start = new double[count * d];
        for (var i = 0; i < count; i++) candidates.AsSpan(order[i] * d, d).CopyTo(start.AsSpan(i * d));
        return start;
    }

    private static double Power(double[] logLikelihood, double effective)
    {
        double low = 0, high = 1;
        if (EffectiveNumber(logLikelihood, high) >= effective) return high;
        for (var i = 0; i < 60; i++)
        {
            var middle = 0.5 * (low + high);
            if (EffectiveNumber(logLikelihood, middle) >= effective) low = middle;
            else high = middle;
        }
        return low;
    }

    private static double EffectiveNumber(double[] logLikelihood, double power)
    {
        var highest = logLikelihood.Where(double.IsFinite).Max();
        double sum = 0, squares = 0;
        foreach (var value in logLikelihood)
        {
            if (!double.IsFinite(value)) continue;
            var weight = Math.Exp(power * (value - highest));
            sum += weight;
            squares += weight * weight;
        }
        return sum * sum / squares;
    }
}
