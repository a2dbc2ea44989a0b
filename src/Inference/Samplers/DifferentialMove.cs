using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>
/// The move of differential evolution (ter Braak 2006): Y = X + g (X_j - X_k) for two walkers of the other half, always accepted with
/// probability min(1, p(Y)/p(X)). Mostly g = 2.38 / sqrt(2 d); at times 1, which takes a walker from one mode to another as far as the two are apart.
/// </summary>
/// <param name="JumpShare">How often g is 1.</param>
public sealed record DifferentialMove(double JumpShare = 0.5) : IEnsembleMove
{
    // Without a little noise the walkers would stay in the space that their differences span.
    private const double Noise = 1e-5;

    /// <inheritdoc/>
    public double Propose(RandomStream stream, ReadOnlySpan<double> walker, ReadOnlySpan<double> others, Span<double> proposal)
    {
        ArgumentNullException.ThrowIfNull(stream);
        int d = walker.Length, count = others.Length / d;
        var j = stream.NextInt32(count);
        var k = (j + 1 + stream.NextInt32(count - 1)) % count;
        var scale = stream.NextDouble() < JumpShare ? 1 : 2.38 / Math.Sqrt(2 * d);
        for (var i = 0; i < d; i++)
        {
            var step = scale * (others[j * d + i] - others[k * d + i]);
            proposal[i] = walker[i] + step * (1 + Noise * stream.NextNormal());
        }
        return 0;
    }
}
