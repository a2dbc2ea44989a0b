using ClusterSurvey.Activities.Artifacts;
using ClusterSurvey.Activities.Files;
using ClusterSurvey.Activities.Problems;

namespace ClusterSurvey.Runner.Runs;

/// <summary>
/// Holds a run for this process, since two at one run would write over each other.
/// </summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream file;

    private RunLock(FileStream file) => this.file = file;

    /// <summary>Makes a folder for a new run and takes it, unless there is one of this name already, or another process makes it in the same moment.</summary>
    public static RunLock? Create(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (Directory.Exists(folder.Path)) return null;
        Directory.CreateDirectory(folder.Path);
        return Hold(folder, mustBeNew: true);
    }

    /// <summary>Takes a run that is there.</summary>
    /// <exception cref="BadInputException">Another process works at it.</exception>
    public static RunLock Take(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Hold(folder, mustBeNew: false)
            ?? throw new BadInputException(folder.Path, "a run at which another process works", "a run that is at rest", "wait for it, or stop it first");
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

    private static RunLock? Hold(RunFolder folder, bool mustBeNew)
        => LockFile.TryHold(folder.FileAt(".lock"), FileAccess.Write, FileShare.None, mustBeNew) is { } file ? new RunLock(file) : null;
}
