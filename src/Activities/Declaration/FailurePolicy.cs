namespace ClusterSurvey.Activities.Declaration;

/// <summary>
/// What is done when a step fails. What can heal (a disk or network that stutters) is tried again, after waits that double; bad input and defects are
/// not, for they would fail again.
/// </summary>
/// <param name="Attempts">How often the step is tried in all.</param>
/// <param name="BackoffSeconds">How long the first wait is.</param>
/// <param name="TimeoutSeconds">How long one try may take; 0 for as long as it needs.</param>
public sealed record FailurePolicy(int Attempts, double BackoffSeconds, double TimeoutSeconds)
{
    /// <summary>No wait is longer.</summary>
    public const double LongestWaitSeconds = 60;

    // What Linux says of a disk that is full, of a quota that is used up, and of a disk that cannot be written to.
    private const int NoSpace = 28, OverQuota = 122, ReadOnly = 30;

    /// <summary>The wait after a try that failed, the first being number 1: backoff x 2^(try - 1), at most <see cref="LongestWaitSeconds"/>.</summary>
    public TimeSpan WaitAfter(int attempt) => TimeSpan.FromSeconds(Math.Min(LongestWaitSeconds, BackoffSeconds * Math.Pow(2, attempt - 1)));

    /// <summary>True for failures to read or write that may be over in a moment; a file that is not there does not come.</summary>
    public static bool CanHeal(Exception failure)
        => failure is IOException and not (FileNotFoundException or DirectoryNotFoundException or DriveNotFoundException or PathTooLongException or EndOfStreamException);

    /// <summary>True when nothing more can be written: no cluster is to blame, and none after it would fare better.</summary>
    public static bool IsOfTheMachine(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            if (cause is IOException { HResult: NoSpace or OverQuota or ReadOnly }) return true;
        return false;
    }
}

/// <summary>A step took longer than it may.</summary>
public sealed class StepTimeoutException(double seconds)
    : Exception(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"took longer than the {seconds:g} s that it may take"));
