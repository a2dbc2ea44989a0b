namespace ClusterSurvey.Inference.Training;

/// <summary>Passes progress on with the number of the network.</summary>
internal sealed class NetworkProgress(IProgress<TrainingProgress> progress, int network, int networks) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => progress.Report(value with { Network = network, Networks = networks });
}
