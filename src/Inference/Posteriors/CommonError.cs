namespace ClusterSurvey.Inference.Posteriors;

/// <summary>
/// The error that the learnt likelihoods of many objects have in common. Networks that learn similar problems from simulations of one prior are wrong in similar ways; an error that is
/// invisible in one object adds up in the product of N as N, while the root mean square of the gradients of their logarithms grows as the root of N. With B the mean product of the gradients of two
/// objects at the truth and I the mean information of one, gradients of N objects have the mean square N I [1 + (N - 1) b], b = B / I, where the product says N I. The product to the power
/// 1 / [1 + (N - 1) b] has the information that is really there: a Gaussian posterior then has the right width (the adjustment of composite likelihoods by Pauli, Racugno and Ventura 2011).
/// </summary>
/// <param name="Share">b: the common part of the mean square gradient of an object, 0 for likelihoods that are right.</param>
/// <param name="StandardError">Its standard error; NaN when it is not measured.</param>
public readonly record struct CommonError(double Share, double StandardError)
{
    /// <summary>Likelihoods that are taken to be right.</summary>
    public static CommonError None { get; } = new(0, double.NaN);

    /// <summary>The power to which the product of so many likelihoods is raised, above 0 and at most 1; 1 for one object.</summary>
    public double Exponent(int objects)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(objects);
        return 1 / (1 + (objects - 1) * Share);
    }

    /// <summary>The log-likelihood of so many objects, with what they have in common taken into account.</summary>
    public LikelihoodCube Correct(LikelihoodCube sum, int objects)
    {
        ArgumentNullException.ThrowIfNull(sum);
        var exponent = Exponent(objects);
        return exponent == 1 ? sum : sum.ToPower(exponent);
    }
}
