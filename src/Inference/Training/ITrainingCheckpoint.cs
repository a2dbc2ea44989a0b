namespace ClusterSurvey.Inference.Training;

/// <summary>
/// Where a training keeps what it needs to go on after an interruption. One checkpoint serves one training at a time; a training that
/// finds the state of another one in it begins anew, and in the end has the bits that it would have had undisturbed.
/// </summary>
public interface ITrainingCheckpoint
{
    /// <summary>What was saved last, or null; the caller disposes the stream.</summary>
    Stream? Open();

    /// <summary>Replaces what was saved. An interruption during the call leaves the old state or the new, never a part.</summary>
    void Save(Action<Stream> write);

    /// <summary>
    /// The state is saved at the end of an epoch once this many pairs have been passed since the last time, about a second's work.
    /// </summary>
    long PairsBetweenSaves => 500_000;
}
