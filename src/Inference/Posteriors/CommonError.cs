using ClusterSurvey.Inference.Priors;

namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// The error that the learnt likelihoods of many objects have in common. Networks that learn similar problems from simulations of one prior are wrong in similar ways; an error that is
/// invisible in one object adds up in the product of N as N, while the root mean square of the gradients of their logarithms grows as the root of N. With B the mean product of the gradients of two
/// objects at the truth and I the mean information of one, gradients of N objects have the mean square N I [1 + (N - 1) b], b = B / I, where the product says N I. The product to the power
/// 1 / [1 + (N - 1) b] has the information that is really there: a Gaussian posterior then has the right width (the adjustment of composite likelihoods by Pauli, Racugno and Ventura 2011).
/// Networks are worst near the ends of the prior. Where b was found to differ there (<see cref="ByEnds"/>), a posterior has the b of the place where it lies.
/// </summary>
/// <param name="Share">b: the common part of the mean square gradient of an object, 0 for likelihoods that are right; on average over the prior.</param>
/// <param name="StandardError">Its standard error; NaN when it is not measured.</param>
public readonly record struct CommonError(double Share, double StandardError)
{
    /// <summary>The probability of the prior that counts as near one end of a parameter.</summary>
    public const double End = 0.1;

    // Where a posterior lies need not be known finely.
    private static readonly GridPosteriorOptions quick = new() { SearchNodes = 8, DensityNodes = 33 };

    /// <summary>Likelihoods that are taken to be right.</summary>
    public static CommonError None { get; } = new(0, double.NaN);

    /// <summary>
    /// b of a posterior none of whose mass has a parameter near an end of the prior (<see cref="End"/>), and of one all of whose mass has; between them b goes with the part of the mass. None
    /// where no difference was found.
    /// </summary>
    public (double Away, double Near)? ByEnds { get; init; }

    /// <summary>The power to which the product of so many likelihoods is raised, above 0 and at most 1; 1 for one object.</summary>
    public double Exponent(int objects)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(objects);
        return 1 / (1 + (objects - 1) * Share);
    }

    /// <summary>The common error of one posterior: by where its mass lies when the power of the average b is taken.</summary>
    /// <param name="prior">The prior.</param>
    /// <param name="sum">The log-likelihood of the objects, as their networks have it.</param>
    /// <param name="objects">How many they are.</param>
    public CommonError Of(Prior prior, LikelihoodCube sum, int objects)
    {
        ArgumentNullException.ThrowIfNull(sum);
        if (ByEnds is not { } b || objects == 1) return this;
        var near = GridPosterior.From(prior, sum.ToPower(Exponent(objects)), quick).ProbabilityNearEnds(End);
        return new CommonError(b.Away + (b.Near - b.Away) * near, StandardError);
    }

    /// <summary>The log-likelihood of so many objects to the power of this error; ask <see cref="Of"/> first for the error of where they lie.</summary>
    public LikelihoodCube Correct(LikelihoodCube sum, int objects)
    {
        ArgumentNullException.ThrowIfNull(sum);
        var exponent = Exponent(objects);
        return exponent == 1 ? sum : sum.ToPower(exponent);
    }
}
