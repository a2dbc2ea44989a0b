namespace ClusterSurvey.Activities.Report;

/// <summary>The settings that the methods paragraph is written from: what ran, not what is usual.</summary>
public sealed record MethodSettings
{
    /// <summary>Simulations of each cluster that trained its networks.</summary>
    public required int SimulationsPerCluster { get; init; }

    public required int Scales { get; init; }

    public required double SmallestScaleR500 { get; init; }

    public required double LargestScaleR500 { get; init; }

    /// <summary>The prior in log10 sigma, log10 injection scale, slope.</summary>
    public required TurbulencePrior Prior { get; init; }

    /// <summary>How far beyond either end of the prior parameters were drawn, as a share of its range.</summary>
    public required double PriorMargin { get; init; }

    /// <summary>Words that fit "simulated with ...", e.g. "a three-dimensional density cube".</summary>
    public required string Simulator { get; init; }

    /// <summary>Words that fit "spread by ...", e.g. "the point spread function of each cluster's instrument"; null for a perfect telescope.</summary>
    public string? Psf { get; init; }

    /// <summary>The prior of the flat power of unresolved sources in words; null when the sky is flat.</summary>
    public string? Unresolved { get; init; }

    /// <summary>How the second order of (1 + delta)^2 is treated: paper, normalised or refit.</summary>
    public required string SecondOrder { get; init; }

    /// <summary>The null spectrum: mean or draw.</summary>
    public required string NullSpectrum { get; init; }

    /// <summary>What the filter sees: region or full.</summary>
    public required string FilterMask { get; init; }

    /// <summary>Words that fit "with ...", e.g. "a masked autoregressive flow with 5 transforms of 2 x 50 hidden units".</summary>
    public required string Estimator { get; init; }

    /// <summary>Networks averaged in each estimate.</summary>
    public required int Networks { get; init; }

    /// <summary>Simulated surveys of known truth on which the common error of likelihoods was measured; 0 when it was not.</summary>
    public int CommonErrorSurveys { get; init; }

    /// <summary>Words that fit "evaluated on ...", e.g. "a grid of 40 x 40 x 40 nodes".</summary>
    public required string PosteriorEvaluation { get; init; }

    /// <summary>Words that fit "described by ...", e.g. "an elliptical modified Vikhlinin density profile".</summary>
    public required string MeanModel { get; init; }

    /// <summary>Words that fit "Mach numbers follow from ...", with the keys of what they cite; null when none are derived.</summary>
    public string? Mach { get; init; }

    /// <summary>Keys in brackets of the other relations by which the Mach number is given; null for none.</summary>
    public string? OtherMach { get; init; }

    /// <summary>Energy band, e.g. "0.7-1.2 keV"; null when it is not known.</summary>
    public string? EnergyBand { get; init; }

    /// <summary>The cosmology in words.</summary>
    public string Cosmology { get; init; } = "flat ΛCDM with H₀ = 70 km s⁻¹ Mpc⁻¹ and Ωₘ = 0.3";
}
