using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Priors;
using MathNet.Numerics;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>
/// A proposal in the normal scores of a prior: a mixture of Student distributions, whose tails are those of no posterior, and a small part of the prior itself, which bounds the weights of draws by the highest
/// likelihood over that part.
/// </summary>
internal sealed class ScoreMixture
{
    private const double PriorShare = 0.05;
    private const double Freedom = 5;
    private const int Fits = 20;

    private readonly double priorShare, logNorm;
    private readonly StudentPart[] parts;

    private ScoreMixture(double priorShare, StudentPart[] parts)
    {
        (this.priorShare, this.parts) = (priorShare, parts);
        var d = parts[0].Centre.Length;
        logNorm = SpecialFunctions.GammaLn(0.5 * (Freedom + d)) - SpecialFunctions.GammaLn(0.5 * Freedom) - 0.5 * d * Math.Log(Freedom * Math.PI);
    }

    /// <summary>The prior.</summary>
    public static ScoreMixture OfPrior(int parameterCount) => new(1, [new StudentPart(0, new double[parameterCount], StudentPart.Unit(parameterCount))]);

    /// <summary>A mixture like the weighted draws, by expectation and maximisation for normal parts.</summary>
    /// <param name="draws">The draws.</param>
    /// <param name="power">The power of the likelihood in their weights.</param>
    /// <param name="components">Parts at most; those that few draws belong to are left out.</param>
    /// <param name="seed">Same seed, same mixture.</param>
    public static ScoreMixture Fit(WeightedScores draws, double power, int components, Seed seed)
    {
        var weights = draws.Weights(power);
        var d = draws.Places.Length / draws.Count;
        var whole = StudentPart.Of(draws.Places, d, weights, null);
        var stream = seed.Stream();
        // Places of parts are draws, taken at random by their weights; each with the shape of all.
        var parts = Enumerable.Range(0, components).Select(_ => new StudentPart(1.0 / components, draws.Places.AsSpan(Pick(stream, weights) * d, d).ToArray(), whole.Factor)).ToArray();
        var shares = new double[parts.Length][];
        for (var fit = 0; fit < Fits; fit++)
        {
            for (var k = 0; k < parts.Length; k++) shares[k] = new double[draws.Count];
            for (var i = 0; i < draws.Count; i++)
            {
                if (weights[i] == 0) continue;
                var place = draws.Places.AsSpan(i * d, d);
                var highest = double.NegativeInfinity;
                for (var k = 0; k < parts.Length; k++) highest = Math.Max(highest, shares[k][i] = Math.Log(parts[k].Share) + parts[k].LogNormal(place));
                var sum = 0.0;
                for (var k = 0; k < parts.Length; k++) sum += shares[k][i] = Math.Exp(shares[k][i] - highest);
                for (var k = 0; k < parts.Length; k++) shares[k][i] *= weights[i] / sum;
            }
            // A part that has lost its draws is gone.
            var kept = Enumerable.Range(0, parts.Length).Where(k => shares[k].Sum() > 1e-3).ToArray();
            parts = [.. kept.Select(k => StudentPart.Of(draws.Places, d, shares[k], whole))];
            shares = new double[parts.Length][];
        }
        var total = parts.Sum(part => part.Share);
        return new ScoreMixture(PriorShare, [.. parts.Select(part => part with { Share = part.Share * (1 - PriorShare) / total })]);
    }

    /// <summary>The logarithm of the prior's density at scores.</summary>
    public static double LogPrior(ReadOnlySpan<double> place)
    {
        var sum = 0.0;
        foreach (var score in place) sum += StandardNormal.LogDensity(score);
        return sum;
    }

    /// <summary>Draws scores.</summary>
    public void Draw(RandomStream stream, Span<double> place)
    {
        var choice = stream.NextDouble() - priorShare;
        Span<double> normals = stackalloc double[place.Length];
        stream.FillNormal(normals);
        if (choice < 0)
        {
            normals.CopyTo(place);
            return;
        }
        var part = 0;
        while (part < parts.Length - 1 && (choice -= parts[part].Share) >= 0) part++;
        var chi = 0.0;
        for (var i = 0; i < Freedom; i++) chi += Math.Pow(stream.NextNormal(), 2);
        parts[part].Place(normals, Math.Sqrt(Freedom / chi), place);
    }

    /// <summary>The logarithm of its density.</summary>
    public double LogDensity(ReadOnlySpan<double> place)
    {
        Span<double> logs = stackalloc double[parts.Length + 1];
        logs[^1] = Math.Log(priorShare) + LogPrior(place);
        for (var k = 0; k < parts.Length; k++) logs[k] = Math.Log(parts[k].Share) + parts[k].LogStudent(place, logNorm);
        var highest = double.NegativeInfinity;
        foreach (var log in logs) highest = Math.Max(highest, log);
        var sum = 0.0;
        foreach (var log in logs) sum += Math.Exp(log - highest);
        return highest + Math.Log(sum);
    }

    private static int Pick(RandomStream stream, double[] weights)
    {
        var left = stream.NextDouble();
        for (var i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0) return i;
        }
        return weights.Length - 1;
    }

    /// <summary>A part: its share, its centre, and the lower triangle L of its scale, L L^T, row by row.</summary>
    private sealed record StudentPart(double Share, double[] Centre, double[] Factor)
    {
        private double LogRoot { get; } = LogRootOf(Factor, Centre.Length);

        public static double[] Unit(int d) => [.. Enumerable.Range(0, d * d).Select(i => i % (d + 1) == 0 ? 1.0 : 0)];

        /// <summary>The part that weighted places make; where few places belong to it, its scale leans on that of all.</summary>
        public static StudentPart Of(double[] places, int d, double[] weights, StudentPart? all)
        {
            double sum = weights.Sum(), squares = weights.Sum(weight => weight * weight);
            double[] centre = new double[d], scale = new double[d * d];
            for (var i = 0; i < weights.Length; i++)
                for (var j = 0; j < d; j++) centre[j] += weights[i] / sum * places[i * d + j];
            for (var i = 0; i < weights.Length; i++)
            {
                if (weights[i] == 0) continue;
                for (var j = 0; j < d; j++)
                    for (var k = 0; k <= j; k++) scale[j * d + k] += weights[i] / sum * (places[i * d + j] - centre[j]) * (places[i * d + k] - centre[k]);
            }
            if (all is not null)
            {
                double worth = sum * sum / squares, lent = d + 2;
                for (var j = 0; j < d; j++)
                    for (var k = 0; k <= j; k++)
                    {
                        var common = 0.0;
                        for (var l = 0; l <= k; l++) common += all.Factor[j * d + l] * all.Factor[k * d + l];
                        scale[j * d + k] = (worth * scale[j * d + k] + lent * common) / (worth + lent);
                    }
            }
            return new StudentPart(sum, centre, Root(scale, d));
        }

        public void Place(ReadOnlySpan<double> normals, double stretch, Span<double> place)
        {
            var d = Centre.Length;
            for (var j = 0; j < d; j++)
            {
                place[j] = Centre[j];
                for (var k = 0; k <= j; k++) place[j] += stretch * Factor[j * d + k] * normals[k];
            }
        }

        public double LogNormal(ReadOnlySpan<double> place) => -0.5 * (SquaredDistance(place) + Centre.Length * Math.Log(2 * Math.PI)) - LogRoot;

        /// <param name="place">The place.</param>
        /// <param name="logNorm">The logarithm of the density at the centre of one of unit scale.</param>
        public double LogStudent(ReadOnlySpan<double> place, double logNorm) => logNorm - LogRoot - 0.5 * (Freedom + Centre.Length) * Math.Log(1 + SquaredDistance(place) / Freedom);

        private double SquaredDistance(ReadOnlySpan<double> place) => LowerTriangle.SquaredDistance(Factor, Centre, place);

        private static double LogRootOf(double[] factor, int d)
        {
            var sum = 0.0;
            for (var j = 0; j < d; j++) sum += Math.Log(factor[j * d + j]);
            return sum;
        }

        // A direction in which places do not differ keeps a little width.
        private static double[] Root(double[] scale, int d)
        {
            var root = new double[d * d];
            for (var j = 0; j < d; j++)
            {
                for (var k = 0; k <= j; k++)
                {
                    var sum = scale[j * d + k];
                    for (var l = 0; l < k; l++) sum -= root[j * d + l] * root[k * d + l];
                    root[j * d + k] = j == k ? Math.Sqrt(Math.Max(sum, 1e-10 * scale[j * d + j] + 1e-20)) : sum / root[k * d + k];
                }
            }
            return root;
        }
    }
}
