namespace ClusterSurvey.Inference.Samplers;

/// <summary>How the importance sampler runs.</summary>
public sealed record ImportanceOptions
{
    /// <summary>The run ends when the weighted draws are worth this many equal ones (Kish's number), at least 10.</summary>
    public double EffectiveDraws { get; init; } = 1000;

    /// <summary>Draws from one proposal before the next is fitted, at least 100; 0 takes the larger of 500 and 100 for each parameter.</summary>
    public int DrawsPerRound { get; init; }

    /// <summary>Parts of the mixture from which is drawn, 1 to 50.</summary>
    public int Components { get; init; } = 6;

    /// <summary>The run ends after this many evaluations of the likelihood in any case, and is then marked as not converged.</summary>
    public int MostEvaluations { get; init; } = 100_000;

    /// <summary>The shape of the largest weights' distribution up to which they are trusted (Vehtari et al. 2024: 0.7).</summary>
    public double LargestShape { get; init; } = 0.7;

    internal int DrawsFor(int parameters)
    {
        if (EffectiveDraws is not >= 10) throw new ArgumentException($"{EffectiveDraws} effective draws: ask for 10 or more");
        if (DrawsPerRound is not 0 and < 100) throw new ArgumentException($"{DrawsPerRound} draws a round: take 100 or more, or 0");
        if (Components is < 1 or > 50) throw new ArgumentException($"{Components} components: take 1 to 50");
        return DrawsPerRound == 0 ? Math.Max(500, 100 * parameters) : DrawsPerRound;
    }
}
