namespace ClusterSurvey.Inference.Flows;

/// <summary>
/// A conditional density q(variables | conditions) with weights to train, in standardised units. Tables are row by row. The hand-written
/// flow is one, and so is any network that torch differentiates.
/// </summary>
internal interface IDensityNetwork
{
    /// <summary>The weights, one flat array that the trainer changes in place.</summary>
    float[] Parameters { get; }

    /// <summary>Mean negative log density of <paramref name="count"/> pairs, and its gradient with respect to the weights.</summary>
    double Gradient(ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count, Span<float> gradient);

    /// <summary>log q of <paramref name="count"/> pairs.</summary>
    void LogDensity(ReadOnlySpan<float> conditions, ReadOnlySpan<float> variables, int count, Span<double> logDensity);
}
