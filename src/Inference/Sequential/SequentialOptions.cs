using ClusterSurvey.Inference.Methods;

namespace ClusterSurvey.Inference.Sequential;

/// <summary>How inference in rounds goes.</summary>
public sealed record SequentialOptions
{
    /// <summary>Rounds, 1 to 100.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Simulations of one round, at least 20.</summary>
    public int SimulationsPerRound { get; init; } = 1000;

    /// <summary>
    /// The share of the posterior that truncation leaves out, above 0 and at most 0.1; 1e-4 is that of Deistler, Goncalves and Macke (2022).
    /// </summary>
    public double TruncatedShare { get; init; } = 1e-4;

    /// <summary>The networks; those of a round begin with the weights and scales of the round before.</summary>
    public EnsembleOptions Ensemble { get; init; } = new();

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        if (Rounds is < 1 or > 100) throw new ArgumentOutOfRangeException(nameof(Rounds), Rounds, $"{Rounds} rounds: 1 to 100 are possible");
        if (SimulationsPerRound < 20) throw new ArgumentOutOfRangeException(nameof(SimulationsPerRound), SimulationsPerRound, $"{SimulationsPerRound} simulations in a round: at least 20 are needed");
        if (!(TruncatedShare is > 0 and <= 0.1)) throw new ArgumentOutOfRangeException(nameof(TruncatedShare), TruncatedShare, $"truncation of a share of {TruncatedShare}: it lies above 0 and is at most 0.1");
        ArgumentNullException.ThrowIfNull(Ensemble);
        Ensemble.Validate();
    }
}
