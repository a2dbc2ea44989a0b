namespace ClusterSurvey.Activities.Files;

/// <summary>A file that is held open as a sign that a place is in use. The operating system lets go of it when the process ends, however it ends.</summary>
public static class LockFile
{
    /// <summary>Opens the file; null when another holds it in a way that does not go together.</summary>
    /// <param name="path">The file; made when it is not there.</param>
    /// <param name="access">How it is held: to read goes together with others that share it.</param>
    /// <param name="share">What others may do at the same time.</param>
    /// <param name="mustBeNew">True when a file that is there already counts as held.</param>
    public static FileStream? TryHold(string path, FileAccess access, FileShare share, bool mustBeNew = false)
    {
        try
        {
            return new FileStream(path, mustBeNew ? FileMode.CreateNew : FileMode.OpenOrCreate, access, share);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
