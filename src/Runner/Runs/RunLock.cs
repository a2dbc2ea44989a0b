using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Runner.Runs;

/// <summary>
/// Holds a run for this process, since two at one run would write over each other. The operating system lets go of it when the process ends,
/// however it ends.
/// </summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream file;

    private RunLock(RunFolder folder, FileMode mode)
        => file = new FileStream(folder.FileAt(".lock"), mode, FileAccess.Write, FileShare.None);

    /// <summary>Makes a folder for a new run and takes it, unless there is one of this name already.</summary>
    public static RunLock? Create(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (Directory.Exists(folder.Path)) return null;
        Directory.CreateDirectory(folder.Path);
        try
        {
            return new RunLock(folder, FileMode.CreateNew);
        }
        catch (IOException) when (File.Exists(folder.FileAt(".lock")))
        {
            // Another process made the same folder in the same moment, and its lock first.
            return null;
        }
    }

    /// <summary>Takes a run that is there.</summary>
    /// <exception cref="BadInputException">Another process works at it.</exception>
    public static RunLock Take(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            return new RunLock(folder, FileMode.OpenOrCreate);
        }
        catch (IOException held) when (File.Exists(folder.FileAt(".lock")))
        {
            throw new BadInputException(folder.Path, "a run at which another process works", "a run that is at rest", "wait for it, or stop it first", held);
        }
    }

    /// <summary>True when some process works at the run.</summary>
    public static bool IsHeld(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            if (File.Exists(folder.FileAt(".lock"))) new FileStream(folder.FileAt(".lock"), FileMode.Open, FileAccess.Read, FileShare.Read).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
