namespace ClusterSurvey.Activities.Report;

/// <summary>A measured spectrum of one cluster and region; every array has one value per scale. NaN where nothing was measured.</summary>
/// <param name="ScalesR500">Scales in R500, rising.</param>
/// <param name="Power">2-D power of the fluctuation map.</param>
/// <param name="NullPower">Power that counting noise alone gives.</param>
/// <param name="S">ln power - ln null power: what the network sees.</param>
/// <param name="PowerUnit">Unit of the powers, as rich text (<see cref="Markup.RichText"/>).</param>
public sealed record SpectrumSeries(double[] ScalesR500, double[] Power, double[] NullPower, double[] S, string PowerUnit)
{
    /// <summary>What the posterior predicts for S; null when it was not computed.</summary>
    public PredictiveBand? Predictive { get; init; }
}

/// <summary>The posterior predictive distribution of S at each scale: median, central 68 and 95 % intervals.</summary>
public sealed record PredictiveBand(double[] Median, double[] Low68, double[] High68, double[] Low95, double[] High95);
