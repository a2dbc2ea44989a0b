using ClusterSurvey.Foundation;
using ClusterSurvey.Inference.Methods;
using ClusterSurvey.Inference.Posteriors;
using ClusterSurvey.Inference.Priors;
using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Inference.Sequential;

/// <summary>Inference in rounds: what its methods share. Each round proposes parameters, simulates them, and trains on the pairs of all rounds so far.</summary>
internal sealed class SimulationRounds
{
    private readonly Prior prior;
    private readonly Simulator simulator;
    private readonly int dataCount;
    private readonly SequentialOptions options;
    private readonly IProgress<SequentialProgress>? progress;
    private readonly List<float> theta = [], x = [];

    private SimulationRounds(Prior prior, Simulator simulator, int dataCount, SequentialOptions options, IProgress<SequentialProgress>? progress) =>
        (this.prior, this.simulator, this.dataCount, this.options, this.progress) = (prior, simulator, dataCount, options, progress);

    /// <summary>Parameters for the simulations of a round, row by row, from the model of the round before; null in the first.</summary>
    public delegate double[] Proposal<in TModel>(Seed round, TModel? before, int count) where TModel : class;

    /// <summary>The model of a round, which begins with the weights of the round before.</summary>
    public delegate TModel Training<TModel>(Seed seed, InMemoryPairs pairs, EnsembleOptions networks, TModel? before, IProgress<TrainingProgress>? progress) where TModel : class;

    /// <summary>Runs all rounds and returns the model of the last.</summary>
    /// <exception cref="ArgumentException">Options out of range, or an observation that is not finite.</exception>
    public static TModel Run<TModel>(Seed seed, Prior prior, Simulator simulator, ReadOnlySpan<double> observed, SequentialOptions? options,
        Proposal<TModel> propose, Training<TModel> train, IProgress<SequentialProgress>? progress, CancellationToken cancellation) where TModel : class
    {
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(simulator);
        options ??= new SequentialOptions();
        options.Validate();
        ObservationCheck.RequireFinite(observed);
        var rounds = new SimulationRounds(prior, simulator, observed.Length, options, progress);
        TModel? model = null;
        for (var round = 1; round <= options.Rounds; round++)
        {
            var origin = seed.Derive("round").Derive(round);
            var pairs = rounds.Add(round, origin.Derive("simulation"), propose(origin, model, options.SimulationsPerRound), cancellation);
            model = train(origin.Derive("training"), pairs, options.Ensemble, model, progress is null ? null : new RoundTraining(progress, round, options));
        }
        return model!;
    }

    private InMemoryPairs Add(int round, Seed seed, double[] parameters, CancellationToken cancellation)
    {
        var data = new double[dataCount];
        for (var i = 0; i < options.SimulationsPerRound; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = parameters.AsSpan(i * prior.Count, prior.Count);
            simulator(seed.Derive(i), row, data);
            foreach (var value in row) theta.Add((float)value);
            foreach (var value in data) x.Add((float)value);
            progress?.Report(new SequentialProgress(round, options.Rounds, i + 1, options.SimulationsPerRound, null));
        }
        return new InMemoryPairs([.. theta], [.. x], prior.Count, dataCount);
    }

    private sealed class RoundTraining(IProgress<SequentialProgress> progress, int round, SequentialOptions options) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) =>
            progress.Report(new SequentialProgress(round, options.Rounds, options.SimulationsPerRound, options.SimulationsPerRound, value));
    }
}
