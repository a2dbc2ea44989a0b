namespace ClusterSurvey.Inference.Training;

/// <summary>How a density network is trained: Adam (Kingma and Ba 2015) with early stopping.</summary>
public sealed record TrainingOptions
{
    /// <summary>Step size of Adam at the start, above 0 and at most 1.</summary>
    public double LearningRate { get; init; } = 5e-4;

    /// <summary>Pairs of one step, 1 to 1 000 000. Null chooses 200, or fewer where that would leave less than twenty steps an epoch (at least 50).</summary>
    public int? BatchSize { get; init; }

    /// <summary>Part of the pairs held out for validation, above 0 and at most 0.5.</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Epochs without a better validation loss after which training ends, at least 1.</summary>
    public int Patience { get; init; } = 20;

    /// <summary>Epochs at most, at least 1.</summary>
    public int MaxEpochs { get; init; } = 1000;

    /// <summary>The longest gradient; a longer one is scaled back to it. Above 0, may be infinite.</summary>
    public double MaxGradientNorm { get; init; } = 5;

    /// <summary>Decoupled weight decay (Loshchilov and Hutter 2019) per unit of learning rate, 0 to 10.</summary>
    public double WeightDecay { get; init; }

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
    }

    private static void Require(bool holds, string name, object? value, string range)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"training options: {name} is {value}, it must be {range}");
    }
}
