namespace ClusterSurvey.Activities.Report;

/// <summary>The three parameters of the turbulence model, in their fixed order.</summary>
/// <param name="Sigma">rms of the density fluctuation delta over all scales.</param>
/// <param name="InjectionScaleR500">Injection scale in R500.</param>
/// <param name="Slope">alpha of the 3-D power spectrum, k^-alpha.</param>
public sealed record TurbulenceSummary(PosteriorSummary Sigma, PosteriorSummary InjectionScaleR500, PosteriorSummary Slope)
{
    /// <summary>The parameter at an index: 0 sigma, 1 injection scale, 2 slope.</summary>
    public PosteriorSummary this[int parameter] => parameter switch { 0 => Sigma, 1 => InjectionScaleR500, _ => Slope };
}

/// <summary>The values a mock was made with; none for real maps.</summary>
public sealed record TurbulenceTruth(double Sigma, double InjectionScaleR500, double Slope)
{
    /// <summary>The parameter at an index: 0 sigma, 1 injection scale, 2 slope.</summary>
    public double this[int parameter] => parameter switch { 0 => Sigma, 1 => InjectionScaleR500, _ => Slope };
}

/// <summary>A prior over one parameter, as the report shows it: its range and its name in words ("uniform").</summary>
public readonly record struct PriorRange(double Low, double High, string Shape = "uniform");

/// <summary>The prior in the coordinates of the inference: log10 sigma, log10 injection scale (R500), slope.</summary>
public sealed record TurbulencePrior(PriorRange Log10Sigma, PriorRange Log10InjectionScale, PriorRange Slope)
{
    /// <summary>The parameter at an index: 0 log10 sigma, 1 log10 injection scale, 2 slope.</summary>
    public PriorRange this[int parameter] => parameter switch { 0 => Log10Sigma, 1 => Log10InjectionScale, _ => Slope };
}
