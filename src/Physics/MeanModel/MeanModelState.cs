namespace ClusterSurvey.Physics.MeanModel;

/// <summary>All that a <see cref="MeanModelPosterior"/> is, as plain numbers for storage.</summary>
public sealed record MeanModelState
{
    /// <summary>The maximum, in the unconstrained space.</summary>
    public required double[] Maximum { get; init; }

    /// <summary>Covariance in the unconstrained space, row by row (10 x 10).</summary>
    public required double[] Covariance { get; init; }

    /// <summary>Draws in the unconstrained space, one after the other, that replace the normal approximation; empty when that is good enough.</summary>
    public required double[] Draws { get; init; }

    /// <summary>Effective share of the normal approximation's draws under the true posterior, 0 to 1 (Kish).</summary>
    public required double NormalEfficiency { get; init; }

    /// <summary>How well the model describes the counts.</summary>
    public required MeanModelGoodness Goodness { get; init; }

    /// <summary>What to know before trusting the fit.</summary>
    public required MeanModelFlag[] Flags { get; init; }

    /// <summary>Psi of the fit.</summary>
    public required CoolingFunction Cooling { get; init; }

    /// <summary>T(r) of the fit.</summary>
    public required TemperatureProfile Temperature { get; init; }

    /// <summary>Priors of the fit.</summary>
    public required MeanModelPriors Priors { get; init; }
}
