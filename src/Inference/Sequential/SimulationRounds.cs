using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Sequential;

/// <summary>The simulations of all rounds so far.</summary>
internal sealed class SimulationRounds(Seed seed, Prior prior, Simulator simulator, int dataCount, SequentialOptions options, IProgress<SequentialProgress>? progress)
{
    private readonly List<float> theta = [], x = [];

    public int Round { get; private set; }

    /// <summary>Where the work of the round comes from.</summary>
    public Seed RoundSeed => seed.Derive("round").Derive(Round);

    /// <summary>Simulates one more round from parameters row by row.</summary>
    public InMemoryPairs Add(double[] parameters, CancellationToken cancellation)
    {
        var data = new double[dataCount];
        for (var i = 0; i < options.SimulationsPerRound; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = parameters.AsSpan(i * prior.Count, prior.Count);
            simulator(RoundSeed.Derive("simulation").Derive(i), row, data);
            foreach (var value in row) theta.Add((float)value);
            foreach (var value in data) x.Add((float)value);
            progress?.Report(new SequentialProgress(Round, options.Rounds, i + 1, options.SimulationsPerRound, null));
        }
        return new InMemoryPairs([.. theta], [.. x], prior.Count, dataCount);
    }

    /// <summary>Goes on to the next round; false when there is none.</summary>
    public bool Next() => ++Round <= options.Rounds;

    /// <summary>What hears the training of the round; null when nobody does.</summary>
    public IProgress<TrainingProgress>? Training => progress is null ? null : new RoundTraining(progress, Round, options);

    private sealed class RoundTraining(IProgress<SequentialProgress> progress, int round, SequentialOptions options) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) =>
            progress.Report(new SequentialProgress(round, options.Rounds, options.SimulationsPerRound, options.SimulationsPerRound, value));
    }
}
