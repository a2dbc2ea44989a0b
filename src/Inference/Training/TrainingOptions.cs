namespace ClusterSurvey.Inference.Training;

/// <summary>
/// How a density network is trained: Adam (Kingma and Ba 2015) at a constant step size, the weights averaged over steps, with early
/// stopping. The defaults were chosen by held-out scores of a 3-parameter, 12-number simulator at 1000 to 50 000 pairs; averaging is
/// what makes the large step size good.
/// </summary>
public sealed record TrainingOptions
{
    /// <summary>Step size of Adam, above 0 and at most 1.</summary>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>Pairs of one step, 1 to 1 000 000. Null chooses 200, or with few pairs a twentieth of them, at least 50.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Part of the pairs held out for validation, above 0 and at most 0.5.</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Epochs without a better validation loss after which training ends, at least 1.</summary>
    public int Patience { get; init; } = 20;

    /// <summary>Epochs at most, at least 1.</summary>
    public int MaxEpochs { get; init; } = 1000;

    /// <summary>The longest gradient; a longer one is scaled back to it. Above 0, may be infinite.</summary>
    public double MaxGradientNorm { get; init; } = 5;

    /// <summary>
    /// Decoupled weight decay (Loshchilov and Hutter 2019) per unit of step size, 0 to 10. More than a few hundredths keeps networks from
    /// following a simulator whose data bend strongly with the parameters: likelihoods become too wide, and the product of many is biased.
    /// </summary>
    public double WeightDecay { get; init; } = 0.02;

    /// <summary>Share of the past in the moving average of the weights at each step, 0 (no averaging) to below 1.</summary>
    public double WeightAveraging { get; init; } = 0.99;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        Require(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate, "above 0 and at most 1");
        Require(BatchSize is null or (>= 1 and <= 1_000_000), nameof(BatchSize), BatchSize, "1 to 1000000");
        Require(ValidationFraction is > 0 and <= 0.5, nameof(ValidationFraction), ValidationFraction, "above 0 and at most 0.5");
        Require(Patience >= 1, nameof(Patience), Patience, "at least 1");
        Require(MaxEpochs >= 1, nameof(MaxEpochs), MaxEpochs, "at least 1");
        Require(MaxGradientNorm > 0, nameof(MaxGradientNorm), MaxGradientNorm, "above 0");
        Require(WeightDecay is >= 0 and <= 10, nameof(WeightDecay), WeightDecay, "0 to 10");
        Require(WeightAveraging is >= 0 and < 1, nameof(WeightAveraging), WeightAveraging, "0 to below 1");
    }

    internal int BatchSizeFor(int trainingPairs) => BatchSize ?? Math.Clamp(trainingPairs / 20, 50, 200);

    private static void Require(bool holds, string name, object? value, string range)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"training options: {name} is {value}, it must be {range}");
    }
}
