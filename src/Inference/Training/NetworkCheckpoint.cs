namespace ClusterSurvey.Inference.Training;

/// <summary>One network's part of an ensemble's checkpoint.</summary>
internal sealed class NetworkCheckpoint(EnsembleCheckpoint ensemble, int index)
{
    /// <summary>The state to go on from, or null to begin.</summary>
    public TrainingState? Found { get; } = ensemble.Found(index);

    /// <summary>An epoch of so many pairs is over: its state is saved when it is time.</summary>
    public void Passed(int pairs, Func<TrainingState> state) => ensemble.Passed(index, pairs, state);

    /// <summary>The network is trained: what only its training needed is dropped.</summary>
    public void Finish(TrainingState state) => ensemble.Keep(index, state with { Weights = [], First = [], Second = [], Average = [] });
}
