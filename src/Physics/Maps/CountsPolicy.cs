namespace ClusterSurvey.Physics.Maps;

/// <summary>What to do with counts that are negative or fractional (for example after out-of-time subtraction).</summary>
public enum CountsPolicy
{
    /// <summary>Throw: Poisson counts are whole and not negative.</summary>
    Reject,

    /// <summary>Round to the nearest whole number, at least 0, and say how many pixels and counts changed.</summary>
    Round,

    /// <summary>Raise negative pixels to 0, keep fractions (the likelihood is defined for them), and say how many.</summary>
    Clip,
}
