using ClusterSurvey.Inference.Training;

namespace ClusterSurvey.Activities.Files;

/// <summary>The state of a training in a file, which is written whole or not at all and removed when the training's result is safe.</summary>
/// <param name="Path">The file.</param>
public sealed record CheckpointFile(string Path) : ITrainingCheckpoint
{
    public Stream? Open() => File.Exists(Path) ? InputFiles.Open(Path) : null;

    public void Save(Action<Stream> write) => AtomicFile.Write(Path, write);

    /// <summary>Removes the file, when there is one.</summary>
    public void Remove()
    {
        // A short training ends before its first state is saved, and then not even the folder is there.
        if (File.Exists(Path)) File.Delete(Path);
    }
}
