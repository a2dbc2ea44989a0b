namespace ClusterSurvey.Inference;

/// <summary>
/// A likelihood that can be evaluated: log p(x | theta). Neural likelihoods are, and so is any closed form that a
/// test or a user has. Implementations are safe for concurrent evaluation.
/// </summary>
public interface ILikelihood
{
    /// <summary>Number of parameters theta.</summary>
    int ParameterCount { get; }

    /// <summary>Number of data x.</summary>
    int DataCount { get; }

    /// <summary>log p(x | theta) in nats, in the units of x, at many parameters for one observation.</summary>
    /// <param name="x">The observation, length <see cref="DataCount"/>.</param>
    /// <param name="theta">Parameters row by row, length n x <see cref="ParameterCount"/>.</param>
    /// <param name="logLikelihood">Receives n values.</param>
    void Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> logLikelihood);
}
