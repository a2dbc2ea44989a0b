using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>A way to propose a new place for a walker from where the walkers of the other half stand.</summary>
public interface IEnsembleMove
{
    /// <summary>Proposes a place.</summary>
    /// <param name="stream">Random numbers.</param>
    /// <param name="walker">Where the walker stands.</param>
    /// <param name="others">The walkers of the other half, row by row.</param>
    /// <param name="proposal">Receives the proposed place.</param>
    /// <returns>What to add to the logarithm of the ratio of densities, so that the move keeps detailed balance.</returns>
    double Propose(RandomStream stream, ReadOnlySpan<double> walker, ReadOnlySpan<double> others, Span<double> proposal);
}
