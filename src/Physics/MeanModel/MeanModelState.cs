using ClusterSurvey.Physics.PointSpread;

namespace ClusterSurvey.Physics.MeanModel;

/// <summary>All that a <see cref="MeanModelPosterior"/> is, as plain numbers for storage.</summary>
public sealed record MeanModelState
{
    /// <summary>The maximum, in the unconstrained space.</summary>
    public required double[] Maximum { get; init; }

    /// <summary>Draws of the posterior in the unconstrained space, ten numbers each, one after the other.</summary>
    public required double[] Draws { get; init; }

    /// <summary>How many independent draws they are worth, for the parameter that mixes worst.</summary>
    public required double EffectiveDraws { get; init; }

    /// <summary>How well the model describes the counts.</summary>
    public required MeanModelGoodness Goodness { get; init; }

    /// <summary>What to know before trusting the fit.</summary>
    public required MeanModelFlag[] Flags { get; init; }

    /// <summary>Psi of the fit.</summary>
    public required CoolingFunction Cooling { get; init; }

    /// <summary>T(r) of the fit.</summary>
    public required TemperatureProfile Temperature { get; init; }

    /// <summary>The point spread function through which the fit saw the cluster; null for a perfect telescope.</summary>
    public PointSpreadFunction? Psf { get; init; }

    /// <summary>Priors of the fit.</summary>
    public required MeanModelPriors Priors { get; init; }
}
