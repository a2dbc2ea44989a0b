namespace ClusterSurvey.Inference.Posteriors;

/// <summary>What deserves a look in a likelihood on a grid.</summary>
[Flags]
public enum LikelihoodFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Some values were NaN or plus infinity and count as impossible.</summary>
    UndefinedValues = 1,

    /// <summary>The highest node lies on the edge of the grid: the data would go further if they could.</summary>
    PeakAtEdge = 2,

    /// <summary>The log-likelihood varies by less than 0.1 over the grid: the data say nothing.</summary>
    Uninformative = 4,

    /// <summary>Values were raised to a floor below the peak, see <see cref="LikelihoodCube.Floored"/>.</summary>
    Floored = 8,
}
