using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Diagnostics;

/// <summary>
/// Draws of the posteriors of simulated cases, for tests of calibration: hundreds of posteriors of which only ranks are wanted, on few nodes. Between nodes the log-likelihood is a local
/// cubic, exact for a Gaussian one.
/// </summary>
public static class HeldOutPosterior
{
    private static readonly GridPosteriorOptions quick = new() { SearchNodes = 8, LikelihoodNodes = 12, DensityNodes = 25, MostEvaluations = 4000 };

    /// <summary>Draws of the posterior of one case, row by row, draws x parameters.</summary>
    /// <param name="seed">Seed of the draws: one for every case.</param>
    /// <param name="prior">The prior from which the truth of the case was drawn.</param>
    /// <param name="likelihood">The likelihood that is tested.</param>
    /// <param name="x">What was observed.</param>
    /// <param name="draws">How many draws.</param>
    /// <param name="cancellation">Looked at between batches of evaluations.</param>
    /// <exception cref="ArgumentException">Lengths do not match, x is not finite, or prior and likelihood exclude each other.</exception>
    public static double[] Draw(Seed seed, Prior prior, ILikelihood likelihood, ReadOnlySpan<double> x, int draws, CancellationToken cancellation = default) =>
        GridPosterior.Compute(prior, likelihood, x, quick, null, cancellation).Sample(seed, draws);

    /// <summary>The tests of calibration of many cases.</summary>
    /// <param name="seed">Seed of the references of TARP and of the spread of ranks.</param>
    /// <param name="names">Names of the parameters.</param>
    /// <param name="truths">The parameters of the cases, row by row.</param>
    /// <param name="drawn">Case by case, the draws of <see cref="Draw"/>.</param>
    public static CalibrationReport Test(Seed seed, IReadOnlyList<string> names, ReadOnlySpan<double> truths, IReadOnlyList<double[]> drawn)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(drawn);
        var (cases, width) = (drawn.Count, names.Count);
        var draws = new double[drawn.Sum(one => one.Length)];
        for (var i = 0; i < cases; i++)
            for (var draw = 0; draw < drawn[i].Length / width; draw++) drawn[i].AsSpan(draw * width, width).CopyTo(draws.AsSpan((draw * cases + i) * width));
        return CalibrationReport.Make(seed, new CalibrationSet(truths, draws, width), names);
    }
}
