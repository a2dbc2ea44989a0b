using ClusterSurvey.Foundation;

namespace ClusterSurvey.Inference.Samplers;

/// <summary>
/// The stretch move of Goodman and Weare (2010, eq. 7 and 9): Y = X_j + z (X - X_j) for a walker X_j of the other half,
/// z from g(z) ~ z^(-1/2) on [1/a, a]; accepted with probability min(1, z^(d-1) p(Y)/p(X)).
/// </summary>
/// <param name="Scale">The paper's a, above 1; 2 is customary.</param>
public sealed record StretchMove(double Scale = 2) : IEnsembleMove
{
    /// <inheritdoc/>
    public double Propose(RandomStream stream, ReadOnlySpan<double> walker, ReadOnlySpan<double> others, Span<double> proposal)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var d = walker.Length;
        var other = others.Slice(stream.NextInt32(others.Length / d) * d, d);
        var root = 1 + (Scale - 1) * stream.NextDouble();
        var z = root * root / Scale;
        for (var i = 0; i < d; i++) proposal[i] = other[i] + z * (walker[i] - other[i]);
        return (d - 1) * Math.Log(z);
    }
}
