namespace ClusterSurvey.Inference.Samplers;

/// <summary>How the no-U-turn sampler runs.</summary>
public sealed record NutsOptions
{
    /// <summary>Independent chains, at least 2; their agreement is measured by R-hat.</summary>
    public int Chains { get; init; } = 4;

    /// <summary>Draws of each chain in which step size and masses are found, thrown away afterwards; at least 100.</summary>
    public int Warmup { get; init; } = 500;

    /// <summary>Draws of each chain that are kept, at least 100.</summary>
    public int Draws { get; init; } = 1000;

    /// <summary>The mean acceptance at which the step size aims, between 0.5 and 0.99; a larger one takes smaller steps.</summary>
    public double TargetAcceptance { get; init; } = 0.8;

    /// <summary>A trajectory has at most two to this power steps, 1 to 15.</summary>
    public int MaximumDepth { get; init; } = 10;

    /// <summary>R-hat of every parameter of a run that counts as converged.</summary>
    public double LargestRHat { get; init; } = 1.01;

    /// <summary>The logarithm of a point's weight in its trajectory, from the energy that the point lost: itself, by detailed balance.</summary>
    internal Func<double, double> LogWeight { get; init; } = lost => lost;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        Require(Chains >= 2, nameof(Chains), Chains, "at least 2");
        Require(Warmup >= 100, nameof(Warmup), Warmup, "at least 100");
        Require(Draws >= 100, nameof(Draws), Draws, "at least 100");
        Require(TargetAcceptance is >= 0.5 and <= 0.99, nameof(TargetAcceptance), TargetAcceptance, "0.5 to 0.99");
        Require(MaximumDepth is >= 1 and <= 15, nameof(MaximumDepth), MaximumDepth, "1 to 15");
    }

    private static void Require(bool holds, string name, object value, string range)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"no-U-turn sampler: {name} is {value}, it must be {range}");
    }
}
