using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterSurvey.Activities.Files;

/// <summary>Names of files that are being written: no two threads, processes or machines that share a folder write to the same one.</summary>
internal static partial class TemporaryName
{
    // A folder may be shared by machines on which processes have the same numbers.
    private static readonly string machine = Unusual().Replace(Environment.MachineName, "-");

    /// <summary>The end of the name of a file that this thread is writing.</summary>
    public static string Ending => string.Create(CultureInfo.InvariantCulture, $".{Environment.ProcessId}-{Environment.CurrentManagedThreadId}@{machine}.tmp");

    /// <summary>The process of this machine that was writing the file; null for files of other machines, and for other files.</summary>
    public static int? ProcessOf(string path)
        => Own().Match(path) is { Success: true } match && match.Groups[2].Value == machine ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    /// <summary>The file that a file which is being written is to become; any other file is itself.</summary>
    public static string TargetOf(string path) => Own().Replace(path, "");

    [GeneratedRegex("[^A-Za-z0-9-]")]
    private static partial Regex Unusual();

    [GeneratedRegex(@"\.(\d{1,9})-\d+@([A-Za-z0-9-]+)\.tmp$")]
    private static partial Regex Own();
}
