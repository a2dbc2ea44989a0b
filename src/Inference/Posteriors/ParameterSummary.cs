namespace ClusterSurvey.Inference.Posteriors;

/// <summary>One parameter in seven numbers.</summary>
/// <param name="Median">50 % quantile.</param>
/// <param name="Low68">16 % quantile (15.87 %, one standard deviation of a Gaussian below its centre).</param>
/// <param name="High68">84.13 % quantile.</param>
/// <param name="Low95">2.5 % quantile.</param>
/// <param name="High95">97.5 % quantile.</param>
/// <param name="Mean">Expectation.</param>
/// <param name="StandardDeviation">Square root of the variance.</param>
public readonly record struct ParameterSummary(double Median, double Low68, double High68, double Low95, double High95, double Mean, double StandardDeviation)
{
    /// <summary>The probabilities of <see cref="Low68"/> and <see cref="High68"/>: those of one standard deviation of a Gaussian.</summary>
    internal const double LowProbability68 = 0.15865525393145707, HighProbability68 = 0.84134474606854293;

    internal static ParameterSummary Of(Func<double, double> quantile, double mean, double standardDeviation) => new(
        quantile(0.5), quantile(LowProbability68), quantile(HighProbability68), quantile(0.025), quantile(0.975), mean, standardDeviation);
}
