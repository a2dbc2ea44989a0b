using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>One move or another, by chance: what each keeps in balance, both do.</summary>
/// <param name="First">One.</param>
/// <param name="Second">The other.</param>
/// <param name="ShareOfSecond">How often the second, 0 to 1.</param>
public sealed record MixedMove(IEnsembleMove First, IEnsembleMove Second, double ShareOfSecond) : IEnsembleMove
{
    /// <inheritdoc/>
    public double Propose(RandomStream stream, ReadOnlySpan<double> walker, ReadOnlySpan<double> others, Span<double> proposal)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return (stream.NextDouble() < ShareOfSecond ? Second : First).Propose(stream, walker, others, proposal);
    }
}
