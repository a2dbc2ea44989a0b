namespace ClusterSurvey.Runner.Schedules;

/// <summary>Tells when a folder has changed and come to rest: while files are copied into it one after the other, nothing is told.</summary>
/// <param name="path">The folder.</param>
/// <param name="time">The clock; how long nothing changed is counted on the machine's own counter.</param>
internal sealed class FolderWatch(string path, TimeProvider time)
{
    /// <summary>So long nothing may have changed.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <summary>What still lacks its end then is taken for broken, and left to the survey, which sets its cluster aside.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly WatchedFolder folder = new(path);

    // Files are looked into once for every state of the folder.
    private string? state;
    private long since;
    private bool? isComplete;

    /// <summary>What lies in the folder, when it is not what was seen last, has been at rest, and is complete; null otherwise.</summary>
    /// <param name="seen">What was seen last.</param>
    public string? Changed(string? seen)
    {
        var now = folder.Fingerprint();
        if (now is null || now == seen)
        {
            state = null;
            return null;
        }
        if (now != state) (state, since, isComplete) = (now, time.GetTimestamp(), null);
        var rested = time.GetElapsedTime(since);
        if (rested < Rest) return null;
        isComplete ??= folder.IsComplete();
        return isComplete.Value || rested >= Patience ? now : null;
    }
}
