namespace ClusterSurvey.Inference.Samplers;

/// <summary>How an ensemble sampler runs.</summary>
public sealed record EnsembleOptions
{
    /// <summary>Independent ensembles, whose agreement is measured by R-hat; at least 2.</summary>
    public int Ensembles { get; init; } = 4;

    /// <summary>Walkers of one ensemble, even, and at least twice the number of parameters; 0 takes the larger of 100 and four times it.</summary>
    public int Walkers { get; init; }

    /// <summary>The run ends when every parameter has this many effective draws.</summary>
    public double EffectiveDraws { get; init; } = 10_000;

    /// <summary>The run also waits until R-hat of every parameter is below this.</summary>
    public double LargestRHat { get; init; } = 1.01;

    /// <summary>The run ends after this many steps of all walkers in any case, and is then marked as not converged.</summary>
    public int MaximumSteps { get; init; } = 20_000;

    /// <summary>The share of the steps, from the start, that is thrown away as burn-in.</summary>
    public double BurnInShare { get; init; } = 0.25;

    /// <summary>The proposal.</summary>
    public IEnsembleMove Move { get; init; } = new StretchMove();

    internal int WalkersFor(int parameters)
    {
        var walkers = Walkers == 0 ? Math.Max(100, 4 * parameters) : Walkers;
        if (walkers % 2 != 0 || walkers < 2 * parameters || walkers < 4) throw new ArgumentException($"{walkers} walkers for {parameters} parameters: take an even number, at least {Math.Max(4, 2 * parameters)}");
        if (Ensembles < 2) throw new ArgumentException($"{Ensembles} ensembles: R-hat needs at least 2");
        if (MaximumSteps < 40) throw new ArgumentException($"at most {MaximumSteps} steps: allow 40 or more");
        if (BurnInShare is not (>= 0 and < 1)) throw new ArgumentException($"a burn-in of {BurnInShare} of all steps: take a share from 0 to below 1");
        return walkers;
    }
}
